/**
 * A number as DICOM's decimal string (DS): the digits nearest to it that fit into 16 characters, at least 10 significant ones.
 *
 * @param value - finite
 * @remarks DICOM PS3.5 section 6.2.
 */
export function decimalString(value: number): string {
  let text = String(value + 0); // + 0 turns -0 into 0
  for (let digits = 16; text.length > MAX_CHARACTERS; digits--) text = String(Number(value.toPrecision(digits)));
  return text;
}

const MAX_CHARACTERS = 16;
