import { backendText } from '../backendText.js';
import type { BackendBench } from './benchBackends.js';
import { CHECK } from './benchCases.js';

/** The table of a bench, for people. */
export function benchText(bench: readonly BackendBench[]): string {
  const truth = bench.find(({ backend }) => backend === 'cpu')?.numbers;
  const blocks = bench.map(({ backend, report, numbers, steps, leftOut, error }) => [
    `  ${report ? backendText(report) : backend}`,
    ...steps.map(({ name, ms, samplesPerSecond, peakMemoryMb, gpuMemoryMb }) => {
      const gpu = gpuMemoryMb === undefined ? '' : `, ${gpuMemoryMb} MB on the GPU`;
      return `    ${name.padEnd(30)} ${ms.toFixed(1).padStart(8)} ms ${samplesPerSecond.toFixed(1).padStart(8)} samples/s   peak ${peakMemoryMb} MB${gpu}`;
    }),
    ...leftOut.map(({ name, expectedMs }) => `    ${name.padEnd(30)} left out: some ${Math.round(expectedMs / 1000)} s a step`),
    ...(numbers && truth && backend !== 'cpu'
      ? [`    loss and gradients of ${CHECK.name}: as plain JavaScript's to ${difference(numbers, truth).toExponential(0)}`]
      : []),
    ...(error ? [`    not measured${steps.length > 0 ? ' to the end' : ''}: ${error}`] : []),
  ]);
  return ['bench     a training step: forward, backward, Adam; the median', ...blocks.flat()].join('\n');
}

/** The largest, relative. */
function difference(numbers: readonly number[], truth: readonly number[]): number {
  return numbers.reduce((top, number, i) => Math.max(top, Math.abs(number - truth[i]!) / Math.abs(truth[i]!)), 0);
}
