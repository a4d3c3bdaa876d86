import type { BackendReport } from '@mgmt/nn';

/**
 * Why two trainings of one seed on this backend may differ in their last bits, a sentence for each reason; for a run's record. Empty where they have equal
 * bits: shuffling, augmentation, dropout and initial weights are functions of the seed everywhere, so that what remains is the order of sums.
 *
 * @param backend - from `selectBackend`
 */
export function nondeterminism({ backend, details }: Pick<BackendReport, 'backend' | 'details'>): string[] {
  switch (backend) {
    case 'cpu':
      return [];
    case 'wasm':
    case 'tensorflow':
      return details['threads'] === '1'
        ? []
        : [`sums are split among ${details['threads'] ?? 'the'} threads: another number of threads gives other last bits`];
    case 'webgpu':
      return ['the GPU adds up in an order that is not fixed, and another GPU or driver rounds otherwise'];
    case 'tensorflow-gpu':
      return [
        'cuDNN chooses its convolutions by measuring them, so that two processes may take different ones',
        'gradients of convolution filters and biases are added up by atomic operations, whose order is not fixed',
        'another GPU, driver or cuDNN rounds otherwise',
      ];
    default:
      return backend satisfies never;
  }
}
