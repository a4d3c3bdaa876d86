/** How the elements of a data set are spelled. DICOM PS3.5 section 7. */
export interface Encoding {
  /** With the value representation of every element; without, it stands in the dictionary. */
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

/** The encoding of file meta information, and of most files. */
export const EXPLICIT_LITTLE: Encoding = { explicit: true, littleEndian: true };

/** The default encoding, and that of a sequence which an old system passed on as `UN`. DICOM PS3.5 section 6.2.2. */
export const IMPLICIT_LITTLE: Encoding = { explicit: false, littleEndian: true };

/** The encoding of a transfer syntax's data set: all but three are explicit and little endian. */
export function encodingOf(transferSyntaxUid: string): Encoding {
  return { explicit: transferSyntaxUid !== IMPLICIT_LITTLE_ENDIAN, littleEndian: transferSyntaxUid !== EXPLICIT_BIG_ENDIAN };
}

export const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';
export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
export const EXPLICIT_BIG_ENDIAN = '1.2.840.10008.1.2.2';
