/** A backend in a few words: `tensorflow (TensorFlow 2.21.0) on AMD EPYC, 2 cores`. */
export function backendText({
  backend,
  device,
  versions,
}: {
  readonly backend: string;
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
}): string {
  const details = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${backend} (${details.join(', ')}) on ${device}`;
}
