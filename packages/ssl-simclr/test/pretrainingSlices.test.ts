import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MODALITIES, type Modality, openArrayCache, phantomCase, phantomConfig, readBrats2020, type UnlabeledCohort } from '@mgmt/cohort';
import { readNifti, writeNifti } from '@mgmt/nifti-io';
import { paperInputs, prepareInput } from '@mgmt/preprocess';
import { pretrainingSlices } from '../src/index.js';
import { inFolder } from './smallEncoders.js';

const SUFFIXES: Record<Modality, string> = { FLAIR: 'flair', T1w: 't1', T1wCE: 't1ce', T2w: 't2' };

/** A BraTS 2020 tree of phantom heads. */
async function bratsTree(root: string, cases: number): Promise<UnlabeledCohort> {
  const config = phantomConfig({ cases, shape: [12, 24, 24] });
  for (let i = 0; i < cases; i++) {
    const name = `BraTS20_Training_00${i + 1}`;
    await mkdir(join(root, name), { recursive: true });
    const { render } = phantomCase(config, i);
    for (const modality of MODALITIES) await writeNifti(join(root, name, `${name}_${SUFFIXES[modality]}.nii`), render(modality));
  }
  return readBrats2020(root);
}

describe('pretrainingSlices', () => {
  it('are the slices with a considerable view of the brain, of every modality, each with its patient', () =>
    inFolder(async (folder) => {
      const { cases } = await bratsTree(join(folder, 'brats'), 2);
      const slices = await pretrainingSlices(openArrayCache(join(folder, 'cache')), cases);
      expect(slices.shape).toEqual([128, 128, 1]);
      expect(slices.counts.volumes).toBe(8);
      expect(slices.counts.kept).toBe(slices.ids.length);
      expect(slices.counts.dropped).toBeGreaterThan(0);
      expect(slices.setAside).toEqual([]);
      expect(new Set(slices.slices.map(({ patient, modality }) => `${patient.id} ${modality}`)).size).toBe(8);
      expect(new Set(slices.ids).size).toBe(slices.ids.length);

      const last = slices.ids.length - 1;
      const { patient, modality, index } = slices.slices[last]!;
      expect(slices.ids[last]).toBe(`${patient.id}/${modality}/${index}`);
      const prepared = prepareInput(paperInputs['simclr-pretraining-t2w'], { volumes: { T2w: await readNifti(patient.series.T2w!) } });
      expect(modality).toBe('T2w');
      expect(index).toBe(prepared.samples.at(-1)!.from.slice);
      expect(await slices.load(last)).toEqual(prepared.samples.at(-1)!.arrays[0]!.data);
    }));

  it('of a series that cannot be read are set aside with the reason, and those of others stay', () =>
    inFolder(async (folder) => {
      const { cases } = await bratsTree(folder, 2);
      await writeFile(cases[0]!.series.T2w!, 'no image');
      await rm(cases[1]!.series.FLAIR!);
      const slices = await pretrainingSlices(openArrayCache(join(folder, 'cache')), cases);
      expect(slices.counts.volumes).toBe(6);
      expect(slices.setAside.map(({ id, modality }) => `${id} ${modality}`)).toEqual([`${cases[1]!.id} FLAIR`, `${cases[0]!.id} T2w`]);
    }));

  it('are made by another pipeline where one is given, and not made twice', () =>
    inFolder(async (folder) => {
      const { cases } = await bratsTree(folder, 1);
      const small = { ...paperInputs['simclr-pretraining-flair'], layout: { as: 'slices', keep: { by: 'all' } } } as const;
      const cache = openArrayCache(join(folder, 'cache'));
      const options = { modalities: ['FLAIR'], pipelineOf: () => small } as const;
      expect((await pretrainingSlices(cache, cases, options)).counts).toMatchObject({ volumes: 1, dropped: 0 });
      await rm(cases[0]!.series.FLAIR!);
      expect((await pretrainingSlices(cache, cases, options)).counts.volumes).toBe(0); // the cache asks the file what it is
    }));
});
