import fc from 'fast-check';
import {
  casePipelineFromJson,
  casePipelineHash,
  casePipelineToJson,
  paperInputs,
  pipelineFromJson,
  pipelineHash,
  pipelineToJson,
  resnet10Input,
  type Step,
} from '../src/index.js';

const threshold = fc.constantFrom('nonzero' as const, 'otsu' as const, 'auto' as const);
const size = fc.integer({ min: 1, max: 512 });
const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      fc.record({ step: fc.constant('cropToBrain' as const), threshold }),
      fc.record({ step: fc.constant('windowOfSlices' as const), before: size, after: size, threshold }),
      fc.record({ step: fc.constant('resizeSlices' as const), rows: size, columns: size }),
      fc.record({ step: fc.constant('resampleSpacing' as const), spacingMm: fc.tuple(size, size, size) }),
      fc.record({
        step: fc.constant('clipPercentiles' as const),
        lower: fc.double({ min: 0, max: 50, noNaN: true }),
        upper: fc.constant(99.5),
      }),
      fc.record({ step: fc.constant('clahe' as const), range: fc.constant('volume' as const), bins: fc.integer({ min: 2, max: 256 }) }),
    ),
    { maxLength: 6 },
  )
  .map((others) => [{ step: 'toAxial' }, ...others]);
const text = (content: object) => JSON.stringify({ version: 1, ...content });

describe('a pipeline as JSON', () => {
  it('comes back as it was, with its hash', () => {
    fc.assert(
      fc.property(steps, (each) => {
        const back = pipelineFromJson(pipelineToJson(each));
        expect(back).toEqual(JSON.parse(JSON.stringify(each)));
        expect(pipelineHash(back)).toBe(pipelineHash(each));
      }),
    );
  });

  it('has a hash that does not depend on the order of members', () => {
    const backwards = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;
    fc.assert(fc.property(steps, (each) => expect(pipelineHash(each.map(backwards))).toBe(pipelineHash(each))));
  });

  it.each(Object.keys(paperInputs) as (keyof typeof paperInputs)[])('keeps the paper’s input %s', (name) => {
    const back = casePipelineFromJson(casePipelineToJson(paperInputs[name]));
    expect(back).toEqual(JSON.parse(JSON.stringify(paperInputs[name])));
    expect(casePipelineHash(back)).toBe(casePipelineHash(paperInputs[name]));
  });

  it.each([
    ['an unknown step', { steps: [{ step: 'toAxial' }, { step: 'sharpen' }] }, /preprocess\/unknown-step: input.json: step 2[^]*"sharpen"/],
    ['a step without a name', { steps: [{}] }, /preprocess\/unknown-step: input.json: step 1/],
    ['a step named like a member of every object', { steps: [{ step: 'constructor' }] }, /preprocess\/unknown-step/],
    [
      'a missing field',
      { steps: [{ step: 'resizeSlices', rows: 5 }] },
      /input.json: step 1, resizeSlices: columns[^]*a whole number, at least 1, found nothing/,
    ],
    ['a field out of range', { steps: [{ step: 'evenSlices', count: 0.5 }] }, /step 1, evenSlices: count[^]*found 0.5/],
    [
      'a field of another type',
      { steps: [{ step: 'cropToBrain', threshold: 'high' }] },
      /cropToBrain: threshold[^]*nonzero, otsu, auto, found "high"/,
    ],
    ['a field too many', { steps: [{ step: 'minMax', perSlice: true }] }, /step 1, minMax: perSlice[^]*no such field/],
    ['a vector of two', { steps: [{ step: 'resizeVolume', shape: [1, 2] }] }, /resizeVolume: shape[^]*three/],
    ['a box without end', { steps: [{ step: 'resizeVolume', shape: [1, 2, 3], box: { start: [0, 0, 0] } }] }, /resizeVolume: box/],
    ['a misfit', { steps: [{ step: 'clahe' }] }, /preprocess\/bad-pipeline: input.json: step 1, clahe/],
    ['no steps', {}, /input.json: steps[^]*found nothing/],
    ['more than steps', { steps: [], seed: 1 }, /input.json: seed/],
  ])('names what is wrong: %s', (_name, content, message) => {
    expect(() => pipelineFromJson(text(content), 'input.json')).toThrow(message);
  });

  it('refuses another version, and what is no JSON', () => {
    expect(() => pipelineFromJson(JSON.stringify({ version: 2, steps: [] }))).toThrow(/preprocess\/other-version[^]*found 2/);
    expect(() => pipelineFromJson(JSON.stringify({ version: 0, steps: [] }))).toThrow(/preprocess\/other-version/);
    expect(() => pipelineFromJson(JSON.stringify({ steps: [] }))).toThrow(/preprocess\/other-version[^]*found none/);
    expect(() => pipelineFromJson('[]')).toThrow(/preprocess\/bad-pipeline/);
    expect(() => pipelineFromJson('{"version": 1,')).toThrow(/preprocess\/bad-pipeline[^]*JSON/);
  });

  it('never ends but in a pipeline or a typed error', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        try {
          pipelineFromJson(json);
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^preprocess\//);
        }
      }),
    );
  });
});

describe('a case’s pipeline as JSON', () => {
  const good = { inputs: [['FLAIR']], steps: resnet10Input(), layout: { as: 'volume' } };

  it.each([
    ['no inputs', { ...good, inputs: [] }, /input.json: inputs/],
    ['an input without modalities', { ...good, inputs: [['FLAIR'], []] }, /input.json: inputs/],
    ['a grid that none has', { ...good, onto: 'T2w' }, /input.json: onto[^]*one of FLAIR, found "T2w"/],
    ['a layout that is none', { ...good, layout: { as: 'heap' } }, /layout: as[^]*volume, slices-as-channels, slices/],
    ['a rule where no slices are chosen', { ...good, layout: { as: 'volume', keep: { by: 'all' } } }, /layout: keep/],
    ['slices without a rule', { ...good, layout: { as: 'slices' } }, /layout: keep/],
    ['a rule with a share above 1', { ...good, layout: { as: 'slices', keep: { by: 'brain', share: 70 } } }, /keep, brain: share/],
    ['a tumor rule without the other', { ...good, layout: { as: 'slices', keep: { by: 'tumor' } } }, /keep, tumor: otherwise/],
    ['slices of two grids', { ...good, inputs: [['FLAIR', 'T1wCE']], layout: { as: 'slices', keep: { by: 'all' } } }, /onto[^]*one grid/],
    ['a bad step', { ...good, steps: [{ step: 'evenSlices' }] }, /step 1, evenSlices: count/],
    ['a field too many', { ...good, seed: 3 }, /input.json: seed/],
  ])('names what is wrong: %s', (_name, content, message) => {
    expect(() => casePipelineFromJson(text(content), 'input.json')).toThrow(message);
  });

  it('has a hash of its own for every input of the paper', () => {
    const hashes = Object.values(paperInputs).map(casePipelineHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
