import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { IDENTIFYING_KEYWORDS, UNIVERSAL_UIDS } from '../../src/dictionary/confidentialityProfile.js';
import { entryOfKeyword, entryOfTag, requireKeyword } from '../../src/dictionary/dictionary.js';
import { isIdentifying } from '../../src/dictionary/identifying.js';
import { STANDARD_ELEMENTS } from '../../src/dictionary/standardElements.js';

const entries = STANDARD_ELEMENTS.split('\n').flatMap((line) => entryOfKeyword(line.split(' ')[2] ?? '') ?? []);
const judge = (keyword: string) => isIdentifying(requireKeyword(keyword).tag);

describe('isIdentifying', () => {
  it.each(
    `PatientName PatientID PatientBirthDate PatientBirthTime PatientAddress PatientTelephoneNumbers OtherPatientIDs EthnicGroup PatientComments
     PatientBirthDateInAlternativeCalendar AccessionNumber StudyID StudyDate SeriesTime AcquisitionDateTime StudyInstanceUID SeriesInstanceUID
     SOPInstanceUID FrameOfReferenceUID MediaStorageSOPInstanceUID ReferencedSOPInstanceUID ReferencedSOPInstanceUIDInFile IrradiationEventUID
     InstitutionName InstitutionAddress InstitutionalDepartmentName StationName DeviceSerialNumber OperatorsName ReferringPhysicianName
     PerformingPhysicianName ImageComments StudyDescription AdditionalPatientHistory ContentSequence RequestAttributesSequence
     OriginalAttributesSequence OverlayData OverlayComments CurveData CurveDescription SourceApplicationEntityTitle StationAETitle GPSLatitude
     TimezoneOffsetFromUTC ReferencedFileID EncapsulatedDocument SelectorPNValue SelectorLOValue`.split(/\s+/),
  )('says yes to %s', (keyword) => expect(judge(keyword)).toBe(true));

  it.each(
    `SeriesDescription ProtocolName Manufacturer ManufacturerModelName SoftwareVersions SequenceName BodyPartExamined PatientSex PatientAge
     PatientSize PatientWeight PatientPosition PatientOrientation Modality ImageType SOPClassUID MediaStorageSOPClassUID TransferSyntaxUID
     ReferencedSOPClassUID CodingSchemeUID ImplementationClassUID ImplementationVersionName SpecificCharacterSet SeriesNumber InstanceNumber
     AcquisitionNumber EchoTime RepetitionTime FlipAngle MagneticFieldStrength TriggerTime ScanningSequence PulseSequenceName
     ImagePositionPatient ImageOrientationPatient PixelSpacing SliceThickness Rows Columns BitsStored PixelRepresentation WindowCenter
     RescaleSlope PixelData FloatPixelData OverlayRows OverlayOrigin PerFrameFunctionalGroupsSequence PatientIdentityRemoved
     DeidentificationMethod SmallestImagePixelValue`.split(/\s+/),
  )('says no to %s', (keyword) => expect(judge(keyword)).toBe(false));

  it.each([
    ['a private element', 'x00291010', true],
    ['the owner of private elements', 'x00290010', true],
    ['the length of a private group', 'x00290000', true],
    ['the length of a group', 'x00100000', false],
    ['an element that no dictionary has', 'x00100099', true],
    ['any curve', 'x50060010', true],
    ['any overlay', 'x60023000', true],
    ['any overlay comment', 'x60024000', true],
    ['rows of an overlay', 'x60020010', false],
    ['an item', 'xfffee000', false],
    ['what is no tag', 'PatientSex', true],
  ])('judges %s', (_name, tag, expected) => expect(isIdentifying(tag)).toBe(expected));

  it('believes a file that calls an element a name or a date', () => {
    const { tag } = requireKeyword('Manufacturer');
    expect([isIdentifying(tag, 'LO'), isIdentifying(tag, 'PN'), isIdentifying(tag, 'DA')]).toEqual([false, true, true]);
  });

  it('says yes to every name of a person, date, time and network name of PS3.6, whatever the file calls it', () => {
    const certain = entries.filter(({ vr }) => ['PN', 'DA', 'DT', 'TM', 'AE'].includes(vr));
    expect(certain.length).toBeGreaterThan(200);
    expect(certain.filter(({ tag }) => !isIdentifying(tag, 'UN'))).toEqual([]);
  });

  it('says yes to every UID but those of classes, syntaxes and schemes', () => {
    const spared = entries.filter(({ tag, vr }) => vr === 'UI' && !isIdentifying(tag)).map(({ keyword }) => keyword);
    expect(spared.sort()).toEqual([...UNIVERSAL_UIDS].sort());
  });

  it('has a list of keywords that the dictionary knows', () => {
    expect([...IDENTIFYING_KEYWORDS, ...UNIVERSAL_UIDS].filter((keyword) => !entryOfKeyword(keyword))).toEqual([]);
  });

  it('says yes to whatever it does not know', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (tag, vr) => {
        if (!entryOfTag(tag)) expect(isIdentifying(tag, vr)).toBe(true);
      }),
    );
  });
});

const probe = join(process.env.MGMT_SHARED_DATA ?? '', 'real/_ref/phi_probe.json');

(process.env.MGMT_SHARED_DATA ? it : it.skip)(
  'says yes to every element that held a secret of the real files (needs MGMT_SHARED_DATA)',
  () => {
    expect(existsSync(probe)).toBe(true);
    const keywords = Object.keys(JSON.parse(readFileSync(probe, 'utf8')) as object);
    expect(keywords.length).toBeGreaterThan(10);
    expect(keywords.filter((keyword) => !judge(keyword))).toEqual([]);
  },
);
