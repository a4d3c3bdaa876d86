import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { axisCodes, MgmtError, spacingMm, type Volume } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { readSeries } from '@mgmt/dicom-io';
import { probabilityOf } from '@mgmt/models-cnn';
import { selectBackend } from '@mgmt/nn';
import { resnet10Input, runPipeline, type Step } from '@mgmt/preprocess';
import { renderPage } from '@mgmt/report';
import { buildModel, loadModel } from '../buildModel.js';
import { casePage } from '../casePage.js';
import { DEMO_FOLDER } from '../demo.js';
import { longCommand } from '../longCommand.js';
import { newestFinishedRun, readRun } from '../records.js';
import type { RunConfig } from '../study.js';

export interface CaseOptions {
  readonly run?: string;
  readonly results: string;
  readonly out: string;
}

/** `mgmt case`: one series from its files to a score, and a page that shows what the network saw and why not to believe it. */
export async function scoreCase(folder: string, options: CaseOptions): Promise<void> {
  await longCommand(async (progress) => {
    progress.phase('one case', 4);
    const { volume: head, header } = await readSeries(folder);
    progress.at(1, `${head.shape.join(' x ')} voxels`);

    const trained = options.run ?? (await newestFinishedRun(options.results));
    const runFolder = trained ?? DEMO_FOLDER;
    const run = await readRun(runFolder);
    if (run?.status !== 'done') {
      throw new MgmtError('this is no folder of a finished run', {
        code: 'experiments/no-finished-run',
        where: runFolder,
        expected: 'run.json with status "done"',
        found: run ? `status "${run.status}"` : 'no run.json',
        hint: 'name the folder of a finished run with --run, or leave the option out',
      });
    }
    const config = run.config as unknown as RunConfig;
    const steps = resnet10Input(config.input);
    const seen = runPipeline(steps, head) as Volume<Float32Array>;
    progress.at(2, `${seen.shape.join(' x ')} for the network`);

    const backend = await selectBackend({ log: (line) => progress.say(line) });
    const model = buildModel(config.model, config.input, config.seed);
    const weights = join(runFolder, 'model.safetensors');
    loadModel(model, await readWeights(weights), weights);
    progress.at(3, `${run.study}/${run.run}`);
    const probability = await probabilityOf(model, seen.data);
    model.dispose();

    const page = casePage({
      name: basename(resolve(folder)),
      header,
      head: { shape: head.shape, axes: axisCodes(head.affine), spacingMm: spacingMm(head.affine) },
      window: runPipeline(steps.filter(keepsGrayValues), head),
      seen,
      probability,
      run,
      isDemo: trained === undefined,
      backend,
      when: new Date().toISOString(),
    });
    const path = join(options.out, 'index.html');
    await writeFileAtomic(path, renderPage(page));
    progress.at(4);
    progress.end();
    console.log(`Probability of a methylated promoter, by a network that cannot know: ${probability.toFixed(2)}`);
    console.log(`Page: ${resolve(path)}`);
  });
}

async function readWeights(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new MgmtError('the run has no weights', {
      code: 'experiments/no-weights',
      where: path,
      hint: 'the folder was copied in part: fetch the file, or name another run with --run',
      cause,
    });
  });
}

/** The steps that choose the slices, without those that scale and resize them. */
const keepsGrayValues = ({ step }: Step) => step !== 'minMaxPerSlice' && step !== 'resizeSlices';
