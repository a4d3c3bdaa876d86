import { MgmtError } from '@mgmt/core';
import { entryOfTag, isPrivate, requireKeyword } from '../dictionary/dictionary.js';
import { isIdentifying } from '../dictionary/identifying.js';
import type { HeaderConfig } from '../image/seriesHeader.js';
import type { Elements } from './elements.js';
import { PIXEL_TAGS, spellTag } from './walkElements.js';

/**
 * What a DICOM file says, by the keywords of DICOM PS3.6 (`PatientName`, `EchoTime`) or by tag (`(0018,0081)`). Values are decoded when they are asked
 * for, texts in the file's character set.
 *
 * Elements that identify a patient, and private ones, are an error to ask for unless the data set was read with `identifying: true`.
 */
export class DataSet {
  constructor(
    private readonly elements: Elements,
    private readonly where: string,
    private readonly config: HeaderConfig,
    /** What could not be understood, where `allowDamaged` let it pass: all that stands before it was read. */
    readonly damage?: MgmtError,
  ) {}

  /** Keywords of the elements that are there and may be asked for, in the order of the file; a tag, `(0019,100c)`, for those without a keyword. */
  keywords(): string[] {
    return this.elements
      .tags()
      .filter((tag) => !PIXEL_TAGS.has(tag))
      .filter((tag) => this.config.identifying || !isIdentifying(tag, this.elements.vrOf(tag)))
      .map((tag) => entryOfTag(tag)?.keyword ?? spellTag(tag));
  }

  /** True where the element is there, be it empty. Of identifying elements too. */
  has(keyword: string): boolean {
    return this.elements.find(tagOf(keyword)) !== undefined;
  }

  /** A text, trimmed, several values joined by backslashes; undefined where it is absent or empty. */
  text(keyword: string): string | undefined {
    return this.elements.text(this.allowed(keyword));
  }

  /** The values of a text; none where it is absent or empty. */
  texts(keyword: string): readonly string[] {
    return this.elements.texts(this.allowed(keyword));
  }

  /** The first number of an element, from text or binary; undefined where it is absent, empty or no number. */
  number(keyword: string): number | undefined {
    return this.elements.number(this.allowed(keyword));
  }

  /** All numbers of an element; none where it is absent or empty, or where one of them is no number. */
  numbers(keyword: string): readonly number[] {
    return this.elements.numbers(this.allowed(keyword)) ?? [];
  }

  /** The bytes of a value as they stand in the file; undefined where it is absent. */
  bytes(keyword: string): Uint8Array | undefined {
    return this.elements.value(this.allowed(keyword));
  }

  /**
   * The items of a sequence; none where it is absent or empty.
   *
   * @throws `MgmtError` `dicom-io/malformed` where what is in the sequence cannot be understood
   */
  items(keyword: string): readonly DataSet[] {
    return this.elements.items(this.allowed(keyword)).map((item) => new DataSet(item, this.where, this.config));
  }

  /**
   * The tag of a private element in this file. A manufacturer's block may stand anywhere in its group; its creator element says where.
   *
   * @param group - odd, as `0x0019`
   * @param creator - as `SIEMENS MR HEADER`
   * @param element - the last two digits, as `0x0c`
   * @returns to be asked for like a keyword; undefined where the file has no such block
   * @remarks DICOM PS3.5 section 7.8.1.
   * @example
   * const b = dataSet.privateTag(0x0019, 'SIEMENS MR HEADER', 0x0c); // '(0019,100c)'
   * if (b) dataSet.number(b);
   */
  privateTag(group: number, creator: string, element: number): string | undefined {
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
    for (let block = 0x10; block <= 0xff; block++) {
      if (this.elements.text(`x${hex(group, 4)}00${hex(block, 2)}`) === creator) {
        return spellTag(`x${hex(group, 4)}${hex(block, 2)}${hex(element, 2)}`);
      }
    }
    return undefined;
  }

  private allowed(keyword: string): string {
    const tag = tagOf(keyword);
    if (PIXEL_TAGS.has(tag)) {
      throw new MgmtError('pixels are not read with the data set', {
        code: 'dicom-io/pixels-not-read',
        where: this.where,
        hint: 'readImage reads them',
      });
    }
    if (this.config.identifying || !isIdentifying(tag, this.elements.vrOf(tag))) return tag;
    throw new MgmtError(`${keyword} ${isPrivate(tag) ? 'is private and may identify' : 'identifies'} a patient`, {
      code: 'dicom-io/identifying',
      where: this.where,
      hint: 'read the data set with { identifying: true } where you may see it',
    });
  }
}

/** @throws `MgmtError` `dicom-io/unknown-keyword` */
function tagOf(keyword: string): string {
  const tag = /^\(([\da-f]{4}),([\da-f]{4})\)$/i.exec(keyword);
  return tag ? `x${tag[1]}${tag[2]}`.toLowerCase() : requireKeyword(keyword).tag;
}
