/**
 * A number as DICOM's decimal string (DS): the digits nearest to it that fit into 16 characters, at least 10 significant ones.
 *
 * @param value - of magnitude below 1e300
 * @remarks DICOM PS3.5 section 6.2.
 */
export function decimalString(value: number): string {
  const whole = String(value + 0); // + 0 turns -0 into 0
  if (whole.length <= MAX_CHARACTERS) return whole;
  for (let digits = 16; ; digits--) {
    const rounded = String(Number(value.toPrecision(digits))); // without trailing zeros
    if (rounded.length <= MAX_CHARACTERS) return rounded;
    const exponential = value.toExponential(digits - 1);
    if (exponential.length <= MAX_CHARACTERS) return exponential;
  }
}

const MAX_CHARACTERS = 16;
