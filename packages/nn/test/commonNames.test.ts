import { commonNames } from '../src/weights/commonNames.js';
import { golden } from './golden.js';

interface Spelled {
  readonly network: string;
  readonly spellings: Readonly<Record<string, readonly string[]>>;
}

const commonOf = (names: readonly string[]) => [...commonNames(names).values()];

describe.each(golden<Spelled>('weightNames'))('$network', ({ spellings }) => {
  const [[, reference], ...others] = Object.entries(spellings) as [[string, string[]], ...[string, string[]][]];

  it.each(others)('has of %s the same names as of all others', (_, names) => {
    expect(commonOf(names)).toEqual(commonOf(reference));
    expect(names).not.toEqual(reference);
  });

  it('keeps its common names as they are', () => {
    expect(commonOf(commonOf(reference))).toEqual(commonOf(reference));
    expect(new Set(commonOf(reference)).size).toBe(reference.length);
  });

  it('does not count on the order of the file', () => {
    for (const names of Object.values(spellings)) {
      const backwards = commonNames([...names].reverse());
      expect(names.map((name) => backwards.get(name))).toEqual(commonOf(names));
    }
  });
});

describe('commonNames', () => {
  it('leaves names as they are where two would become one', () => {
    const names = ['a.denselayer1.norm1.weight', 'a.denselayer1.norm.1.weight'];
    expect(commonOf(names)).toEqual(names);
  });

  it('counts blocks as the file does, also where some are missing', () => {
    expect(commonOf(['_conv_stem.weight', '_blocks.3._bn1.weight'])).toEqual(['_conv_stem.weight', '_blocks.3._bn1.weight']);
  });

  it('leaves a ResNet as it is, though timm calls its stem like that of its EfficientNet', () => {
    const names = ['conv1.weight', 'bn1.weight', 'layer1.0.conv1.weight', 'fc.weight', 'conv_stem.weight'];
    expect(commonOf(names)).toEqual(names);
  });
});
