import { join } from 'node:path';
import { casePipeline } from '@mgmt/preprocess';
import { openArrayCache, phantomConfig, prepareArrays, readRsnaCohort, writePhantomCohort } from '../../src/index.js';
import { type Damage, MASK_DAMAGES, SERIES_DAMAGES } from '../damages.js';
import { emptyFolder } from '../folders.js';

const pipeline = casePipeline({
  inputs: [['FLAIR'], ['T1wCE']],
  onto: 'FLAIR',
  steps: [{ step: 'toAxial' }, { step: 'cropToTumor', margin: 0 }, { step: 'resizeSlices', rows: 8, columns: 8 }],
  layout: { as: 'slices', keep: { by: 'mask' } },
});

describe('a cohort of differently damaged cases', () => {
  it('is prepared to its end: the others are ready, and every damage is listed with its reason', async () => {
    const damages: readonly (readonly ['FLAIR' | 'mask', Damage])[] = [
      ...Object.values(SERIES_DAMAGES).map((damage) => ['FLAIR', damage] as const),
      ...Object.values(MASK_DAMAGES).map((damage) => ['mask', damage] as const),
    ];
    const root = join(await emptyFolder(), 'phantom');
    const cases = damages.length + 3;
    await writePhantomCohort(root, phantomConfig({ cases, testCases: 0, shape: [8, 24, 24], modalities: ['FLAIR', 'T1wCE'] }));
    const whole = await readRsnaCohort(root);
    for (const [i, [of, [, deed]]] of damages.entries())
      await deed(of === 'mask' ? whole.train[i + 1]!.mask! : whole.train[i + 1]!.series.FLAIR!);

    const { train } = await readRsnaCohort(root);
    const { ready, setAside } = await prepareArrays(openArrayCache(join(root, '../cache')), train, pipeline);
    expect(setAside.map(({ id, reason }) => [id, reason.split(':')[0]])).toEqual(
      damages.map(([, [code]], i) => [whole.train[i + 1]!.id, code]),
    );
    expect(ready.map((prepared) => prepared.case.id)).toEqual([whole.train[0], ...whole.train.slice(damages.length + 1)].map((c) => c!.id));
  });
});
