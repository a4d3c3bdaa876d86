import fc from 'fast-check';
import {
  type Augmentation,
  augmentation,
  augmentationFromJson,
  augmentationToJson,
  paperAugmentation,
  randomAffine,
  randomFlip,
  randomGaussianSmooth,
  randomGibbsNoise,
  randomIntensity,
  randomResizedCrop,
  simclrAugmentation,
} from '../../src/index.js';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const spread = fc.oneof(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.constant([-0.2, 0.7] as const));
const spreads = fc.oneof(spread, fc.record({ depth: spread, width: spread }, { requiredKeys: [] }));
const steps: fc.Arbitrary<Augmentation[]> = fc.array(
  fc.oneof(
    fc.record({ probability, axis: fc.constantFrom('depth' as const, 'height' as const, 'width' as const) }).map(randomFlip),
    fc.record({ probability, rotationDegrees: spreads, translation: spreads, scale: spreads, shear: spread }).map(randomAffine),
    fc.record({ probability }).map(randomGibbsNoise),
    fc.record({ probability, sigma: fc.constant([0, 2] as const) }).map(randomGaussianSmooth),
    fc.record({ probability }).map(randomResizedCrop),
    fc.record({ probability, contrast: spread, scale: spread, shift: spread }).map(randomIntensity),
  ),
  { maxLength: 6 },
);
const text = (content: object) => JSON.stringify({ version: 1, ...content });

describe('an augmentation as JSON', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(steps, (each) => expect(augmentationFromJson(augmentationToJson(each))).toEqual(JSON.parse(JSON.stringify(each)))),
    );
    expect(augmentationFromJson(augmentationToJson(paperAugmentation))).toEqual(paperAugmentation);
    expect(augmentationFromJson(augmentationToJson(simclrAugmentation))).toEqual(simclrAugmentation);
  });

  it('writes every number down, also those that were not said', () => {
    expect(randomAffine({ probability: 0.5, rotationDegrees: 15, scale: { width: [0, 0.1] } })).toEqual({
      step: 'affine',
      probability: 0.5,
      rotationDegrees: { depth: [-15, 15], height: [0, 0], width: [0, 0] },
      translation: { depth: [0, 0], height: [0, 0], width: [0, 0] },
      scale: { depth: [0, 0], height: [0, 0], width: [0, 0.1] },
      shear: [0, 0],
      padding: 'reflection',
    });
  });

  it.each([
    [
      'an unknown step',
      [{ step: 'flip', probability: 1, axis: 'width' }, { step: 'sharpen' }],
      /nn\/unknown-augmentation: aug.json: step 2[^]*"sharpen"/,
    ],
    ['a step without a name', [{}], /nn\/unknown-augmentation: aug.json: step 1/],
    ['a step named like a member of every object', [{ step: 'constructor' }], /nn\/unknown-augmentation/],
    ['a missing field', [{ step: 'flip', probability: 1 }], /step 1, flip: axis[^]*depth, height, width, found nothing/],
    ['an unlikely probability', [randomGibbsNoise({ probability: 1.5 })], /gibbsNoise: probability[^]*from 0 to 1, found 1.5/],
    [
      'a range upside down',
      [randomGibbsNoise({ probability: 1, alpha: [0.5, 0.1] })],
      /gibbsNoise: alpha[^]*low, high[^]*found \[0.5,0.1\]/,
    ],
    ['a strength above 1', [randomGibbsNoise({ probability: 1, alpha: [0, 2] })], /alpha[^]*from 0 up to 1/],
    ['a negative deviation', [randomGaussianSmooth({ probability: 1, sigma: [-1, 1] })], /sigma[^]*from 0/],
    ['an empty crop', [randomResizedCrop({ probability: 1, share: [0, 1] })], /share[^]*from above 0 up to 1/],
    ['an axis without a range', [{ ...randomAffine({ probability: 1 }), scale: { depth: [0, 0], height: [0, 0] } }], /affine: scale/],
    [
      'an axis too many',
      [{ ...randomAffine({ probability: 1 }), scale: { ...randomAffine({ probability: 1 }).scale, time: [0, 1] } }],
      /affine: scale/,
    ],
    ['a field too many', [{ ...randomIntensity({ probability: 1 }), hue: [0, 1] }], /intensity: hue[^]*no such field/],
  ])('names what is wrong: %s', (_name, bad, message) => {
    expect(() => augmentationFromJson(text({ steps: bad }), 'aug.json')).toThrow(message);
    expect(() => augmentation(bad as readonly Augmentation[])).toThrow(/nn\/(bad|unknown)-augmentation/);
  });

  it('refuses what is no list, more than steps, another version, and what is no JSON', () => {
    expect(() => augmentationFromJson(text({}))).toThrow(/nn\/bad-augmentation[^]*steps[^]*found nothing/);
    expect(() => augmentationFromJson(text({ steps: [], seed: 1 }))).toThrow(/nn\/bad-augmentation[^]*seed/);
    expect(() => augmentationFromJson(JSON.stringify({ version: 2, steps: [] }))).toThrow(/nn\/other-augmentation-version[^]*found 2/);
    expect(() => augmentationFromJson('{"version": 1,')).toThrow(/nn\/bad-augmentation[^]*JSON/);
    expect(() => augmentationFromJson('[]')).toThrow(/nn\/bad-augmentation/);
  });

  it('never ends but in steps or a typed error', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        try {
          augmentationFromJson(json);
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^nn\//);
        }
      }),
    );
  });
});
