import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { entryOfKeyword, entryOfTag, requireKeyword } from '../../src/dictionary/dictionary.js';
import { STANDARD_ELEMENTS } from '../../src/dictionary/standardElements.js';

const golden = JSON.parse(readFileSync(new URL('../golden/dictionary.json', import.meta.url), 'utf8')) as {
  readonly elements: readonly { readonly tag: string; readonly vr: string; readonly keyword: string }[];
}; // pydicom 3.0.2, tools/golden/dicom_dictionary.py
const keywords = STANDARD_ELEMENTS.split('\n').flatMap((line) => line.split(' ')[2] ?? []);

describe('the dictionary', () => {
  it('answers as pydicom for every 40th element and all repeating ones', () => {
    expect(golden.elements.length).toBeGreaterThan(200);
    expect(golden.elements.map(({ tag }) => entryOfTag(tag))).toEqual(golden.elements);
  });

  it('finds every element by its keyword, and the same by its tag', () => {
    expect(keywords.length).toBeGreaterThan(5000);
    expect(new Set(keywords).size).toBe(keywords.length);
    for (const keyword of keywords) {
      const entry = entryOfKeyword(keyword)!;
      expect(entry).toMatchObject({ tag: expect.stringMatching(/^x[\da-f]{8}$/), keyword });
      expect(entryOfTag(entry.tag)).toEqual(entry);
    }
  });

  it('has no representation but those of PS3.5, and leaves open what the standard does', () => {
    const open = new Set(keywords.map((keyword) => entryOfKeyword(keyword)!.vr).filter((vr) => !/^[A-Z]{2}$/.test(vr)));
    expect([...open].sort()).toEqual(['NONE', 'OB or OW', 'US or OW', 'US or SS', 'US or SS or OW']);
    expect(entryOfKeyword('SmallestImagePixelValue')).toEqual({ tag: 'x00280106', vr: 'US or SS', keyword: 'SmallestImagePixelValue' });
  });

  it.each([
    ['a repeating group', 'x60043000', { vr: 'OB or OW', keyword: 'OverlayData' }],
    ['a repeating element', 'x00203142', { vr: 'CS', keyword: 'SourceImageIDs' }],
    ['a group length', 'x00280000', { vr: 'UL', keyword: 'GroupLength' }],
    ['the length of the meta group', 'x00020000', { vr: 'UL', keyword: 'FileMetaInformationGroupLength' }],
    ['the length of a private group', 'x00290000', { vr: 'UL', keyword: 'GroupLength' }],
    ['the owner of private elements', 'x00290010', { vr: 'LO', keyword: 'PrivateCreator' }],
    ['the last such', 'x002900ff', { vr: 'LO', keyword: 'PrivateCreator' }],
  ])('knows %s', (_name, tag, entry) => expect(entryOfTag(tag)).toEqual({ tag, ...entry }));

  it.each(['x00291010', 'x0029000f', 'x60013000', 'x00100099', 'x0010', 'PatientName', '', 'x60xx3000', 'x0010ABCD'])(
    'knows no element %p',
    (tag) => expect(entryOfTag(tag)).toBeUndefined(),
  );

  it('finds an element of a repeating group by keyword in the first group', () => {
    expect(entryOfKeyword('OverlayData')?.tag).toBe('x60003000');
  });

  it('knows nothing of names that every object has', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(entryOfKeyword(name)).toBeUndefined();
  });

  it('ends on any tag', () => {
    fc.assert(fc.property(fc.string(), (text) => void entryOfTag(text)));
  });
});

describe('requireKeyword', () => {
  it('gives what there is', () => expect(requireKeyword('PatientID')).toEqual({ tag: 'x00100020', vr: 'LO', keyword: 'PatientID' }));

  it.each([
    ['a letter too few', 'PatientNme', /did you mean PatientName\b/],
    ['two letters swapped', 'EhcoTime', /did you mean EchoTime\b/],
    ['lower case', 'repetitiontime', /did you mean RepetitionTime\b/],
    ['the name instead', "Patient's Name", /did you mean PatientName\b/],
    ['nothing near', 'Xyzzyx', /keywords are listed in DICOM PS3\.6/],
    ['nothing', '', /keywords are listed in DICOM PS3\.6/],
  ])('hints at the nearest keywords: %s', (_name, keyword, hint) => {
    expect(() => requireKeyword(keyword)).toThrow(
      expect.objectContaining({ code: 'dicom-io/unknown-keyword', hint: expect.stringMatching(hint) }),
    );
  });
});
