/**
 * Draws the pictures of docs/phantom.md: a case in its four modalities, what each feature of a tumor can show, what each nuisance does, and sizes.
 *
 *   node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/pictures/phantom.ts [--out docs/images/phantom]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MODALITIES, type Modality, phantomCase, type PhantomConfig, phantomConfig } from '@mgmt/cohort';
import { affineTimesPoint, type Orientation, type Vector3, type Volume } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { encodePng } from './encodePng.js';
import { montage, type Panel } from './panel.js';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/images/phantom' } } });
const shape = [100, 256, 256] as const;
const PLANES: readonly Orientation[] = ['axial', 'coronal', 'sagittal'];

/** The case of each class that is otherwise alike: same index and seed, the share of class 1 turned to 0 and to 1. */
const bothClasses = (partial: Partial<PhantomConfig>) =>
  [0, 1].map((positives) => phantomCase(phantomConfig({ shape, ...partial, positives }), INDEX));
const INDEX = 2;

/** The middle of the tumor, LPS mm. */
function tumorCenter({ data, shape: [, rows, columns], affine }: Volume): Vector3 {
  const sum = [0, 0, 0, 0] as [number, number, number, number];
  data.forEach((label, p) => {
    if (label !== 1 && label !== 4) return;
    [p % columns, Math.floor(p / columns) % rows, Math.floor(p / columns / rows), 1].forEach((at, axis) => (sum[axis]! += at));
  });
  return affineTimesPoint(affine, [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]]);
}

type Case = ReturnType<typeof phantomCase>;
const axial = (one: Case, modality: Modality): Panel => ({ series: one.render(modality), plane: 'axial', through: tumorCenter(one.mask) });

const PICTURES: Readonly<Record<string, () => { rows: readonly (readonly Panel[])[]; mmAPixel: number }>> = {
  'case.png'() {
    const { mask, render } = bothClasses({ signal: 1 })[1]!;
    const through = tumorCenter(mask);
    const series = MODALITIES.map((modality) => render(modality));
    const row = (plane: Orientation): Panel[] => [
      ...series.map((each) => ({ series: each, plane, through })),
      { series: series[0]!, plane, through, mask },
    ];
    return { rows: PLANES.map(row), mmAPixel: 0.95 };
  },
  'features.png'() {
    const features = ['rim', 'texture', 'size'] as const;
    const row = (feature: (typeof features)[number]) => {
      const cases = bothClasses({ signal: 1, signalFeatures: [feature] });
      return (['T1wCE', 'FLAIR'] as const).flatMap((modality) => cases.map((one) => axial(one, modality)));
    };
    return { rows: features.map(row), mmAPixel: 0.95 };
  },
  'nuisances.png'() {
    const pairs = (['site', 'contrast', 'noise', 'head-size'] as const).map((by) =>
      bothClasses({ scannerSpread: by === 'site' ? 3 : 1, shortcut: { by, strength: 1 } }).map((one) => axial(one, 'T1w')),
    );
    return { rows: [0, 1].map((side) => pairs.map((pair) => pair[side]!)), mmAPixel: 0.95 };
  },
  'sizes.png'() {
    const shapes = [
      [16, 32, 32],
      [32, 64, 64],
      [64, 128, 128],
      [100, 512, 512],
    ] as const;
    return {
      rows: [shapes.map((each) => ({ ...axial(bothClasses({ signal: 1, shape: each })[1]!, 'FLAIR'), blocky: true }))],
      mmAPixel: 0.95,
    };
  },
};

for (const [name, picture] of Object.entries(PICTURES)) {
  const { rows, mmAPixel } = picture();
  const png = encodePng(montage(rows, mmAPixel));
  await writeFileAtomic(join(values.out, name), png);
  console.log(`${name}: ${Math.round(png.length / 1000)} kB`);
}
