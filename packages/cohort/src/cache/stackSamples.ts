import type { InputArray } from '@mgmt/preprocess';

/**
 * Samples of one case as one array for each input: the first axis counts the samples.
 *
 * @param samples - each with an array for every input, all of one shape for an input
 */
export function stackSamples(samples: readonly (readonly InputArray[])[]): InputArray[] {
  const inputs = samples[0]?.length ?? 1;
  return Array.from({ length: inputs }, (_, input) => {
    const first = samples[0]?.[input];
    const length = first?.data.length ?? 0;
    const data = new Float32Array(samples.length * length);
    samples.forEach((arrays, i) => data.set(arrays[input]!.data, i * length));
    return { data, shape: [samples.length, ...(first?.shape ?? [])] };
  });
}
