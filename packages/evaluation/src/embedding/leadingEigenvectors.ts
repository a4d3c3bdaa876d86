import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenvectors of the largest eigenvalues. */
export interface LeadingEigenvectors {
  /** Falling; what rounding took below 0 is 0. */
  readonly values: readonly number[];
  /** Of length 1, in the order of the values. */
  readonly vectors: readonly Float64Array[];
}

/** Of a symmetric matrix, `[n, n]` in C order, without negative eigenvalues. */
export function leadingEigenvectors(symmetric: Float64Array, n: number, count: number): LeadingEigenvectors {
  const matrix = Matrix.from1DArray(n, n, symmetric as unknown as number[]);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const falling = realEigenvalues.map((_, at) => at).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const leading = falling.slice(0, count);
  return {
    values: leading.map((at) => Math.max(realEigenvalues[at]!, 0)),
    vectors: leading.map((at) => Float64Array.from(eigenvectorMatrix.getColumn(at))),
  };
}
