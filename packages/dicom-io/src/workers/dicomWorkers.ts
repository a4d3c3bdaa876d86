import type { SliceJob } from '../series/loadSlices.js';
import type { StoredArray } from '../pixels/storedArray.js';

/** Threads that read and decode files. */
export interface DicomWorkers {
  /**
   * Reads the files of a volume, several at once, into its voxels. Files begin in the order given; when one fails, no further one is begun.
   *
   * @param voxels - best in shared memory; else each slice is copied once more
   * @throws `MgmtError` of the first file that failed; `dicom-io/worker-crashed`, with the file that a thread was at when it died
   */
  load(jobs: readonly SliceJob[], voxels: StoredArray): Promise<void>;
  /** Ends the threads. */
  close(): Promise<void>;
}
