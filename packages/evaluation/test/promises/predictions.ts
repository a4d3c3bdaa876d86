import type { Rng } from '@mgmt/core';
import {
  calibrationLine,
  dipTest,
  reliabilityCurve,
  seedShift,
  spiegelhalterTest,
  type BinaryLabel,
  type CalibrationLine,
} from '../../src/index.js';
import { holds, type Promised } from './promise.js';

const CASES = 117;

/** Probabilities whose log odds are normal, and labels whose log odds are a line over them. */
function forecasts(stream: Rng, { spread, slope = 1, intercept = 0 }: { spread: number; slope?: number; intercept?: number }) {
  const logits = Array.from({ length: CASES }, () => 0.1 + spread * stream.normal());
  const labels = logits.map((eta): BinaryLabel => (stream.chance(1 / (1 + Math.exp(-intercept - slope * eta))) ? 1 : 0));
  return { labels, probabilities: logits.map((eta) => 1 / (1 + Math.exp(-eta))) };
}

const ofCalibrated: readonly Promised[] = [0.1, 1, 2].flatMap((spread): Promised[] => {
  const on = `calibrated, log odds of deviation ${spread}`;
  const promised = (name: string, p: (labels: BinaryLabel[], probabilities: number[]) => number): Promised => ({
    name,
    on,
    isRight(stream) {
      const { labels, probabilities } = forecasts(stream, { spread });
      return p(labels, probabilities) > 0.05;
    },
  });
  return [
    promised('spiegelhalterTest', (labels, probabilities) => spiegelhalterTest(labels, probabilities).p),
    promised('calibrationLine, test', (labels, probabilities) => calibrationLine(labels, probabilities).p),
  ];
});

const ofLines: readonly Promised[] = [
  { spread: 1, slope: 1 },
  { spread: 1, slope: 0 },
  { spread: 2, slope: 0.4, intercept: 0.3 },
].flatMap(({ spread, slope, intercept = 0 }): Promised[] => {
  const promised = (part: 'slope' | 'intercept', truth: number): Promised => ({
    name: `calibrationLine, ${part}`,
    on: `true slope ${slope}, log odds of deviation ${spread}`,
    isRight(stream) {
      const { labels, probabilities } = forecasts(stream, { spread, slope, intercept });
      return holds(truth)(calibrationLine(labels, probabilities)[part] satisfies CalibrationLine['slope']);
    },
  });
  return [promised('slope', slope), promised('intercept', intercept)];
});

const ofTheLarge: Promised = {
  name: 'calibrationLine, in the large',
  on: 'true shift 0.5, log odds of deviation 1',
  isRight(stream) {
    const { labels, probabilities } = forecasts(stream, { spread: 1, intercept: 0.5 });
    return holds(0.5)(calibrationLine(labels, probabilities).inTheLarge);
  },
};

const ofBars: Promised = {
  name: 'reliabilityCurve, consistency bars',
  on: 'calibrated, one bin of 117',
  orMore: true,
  isRight(stream) {
    const { labels, probabilities } = forecasts(stream, { spread: 1 });
    const [{ bar, share }] = reliabilityCurve(labels, probabilities, { bins: 1, bars: 'consistency' }) as [
      ReturnType<typeof reliabilityCurve>[0] & object,
    ];
    return holds(share)(bar);
  },
};

const sample = (draw: () => number) => Array.from({ length: CASES }, draw);

const ofDips: readonly Promised[] = [
  { name: 'dipTest, tabled', on: '117 uniform values', isRight: (stream) => dipTest(sample(() => stream.uniform())).p > 0.05 },
  {
    name: 'dipTest, simulated',
    on: '117 uniform values',
    isRight: (stream) =>
      dipTest(
        sample(() => stream.uniform()),
        { simulation: { samples: 199, rng: stream.child('draws') } },
      ).p > 0.05,
  },
  {
    name: 'dipTest, tabled',
    on: '117 normal values',
    orMore: true,
    isRight: (stream) => dipTest(sample(() => stream.normal())).p > 0.05,
  },
];

const ofSeeds: readonly Promised[] = [
  { widths: [1, 1, 1], on: 'three seeds, equally wide' },
  { widths: [0.5, 0.5, 1, 1, 1, 1, 1, 1.5, 2, 3], on: 'ten seeds, the widest six times the narrowest' },
].map(({ widths, on }) => ({
  name: 'seedShift',
  on,
  isRight(stream) {
    const cases = sample(() => stream.normal());
    return seedShift(widths.map((width) => cases.map((score) => 0.5 * score + width * stream.normal()))).p > 0.05;
  },
}));

/** What is said of probabilities, of the shape of a sample, and of seeds. */
export const predictions: readonly Promised[] = [...ofCalibrated, ...ofLines, ofTheLarge, ofBars, ...ofDips, ...ofSeeds];
