import { type AxisCodes, spacingMm, type Vector3, type Volume, type VolumeShape } from '@mgmt/core';
import type { SeriesHeader } from '@mgmt/dicom-io';
import type { BackendReport } from '@mgmt/nn';
import { type Page, sliceMontage } from '@mgmt/report';
import { backendText } from './backendText.js';
import type { RunJson } from './records.js';
import { VERSIONS } from './versions.js';

/** What is known of a case that was scored. */
export interface ScoredCase {
  /** Of the folder; never a patient's. */
  readonly name: string;
  readonly header: SeriesHeader;
  /** The series as it was read. */
  readonly head: { readonly shape: VolumeShape; readonly axes: AxisCodes; readonly spacingMm: Vector3 };
  /** The slices that the network's input was made from, axial, at their own size. */
  readonly window: Volume;
  /** The input itself, `[slice, row, column]` in [0, 1]. */
  readonly seen: Volume<Float32Array>;
  readonly probability: number;
  readonly run: RunJson;
  /** True where no trained run was found and the demonstration network stood in. */
  readonly isDemo: boolean;
  readonly backend: BackendReport;
  readonly when: string;
}

/** The page of `mgmt case`: score, what the network saw, and why not to believe it. */
export function casePage({ name, header, head, window, seen, probability, run, isDemo, backend, when }: ScoredCase): Page {
  const [, rowMm, columnMm] = spacingMm(window.affine);
  const range = extremes(window.data);
  return {
    title: 'One case, and why not to believe its score',
    provenance: {
      data: `the series in the folder "${name}"`,
      version: `mgmt ${VERSIONS['mgmt']}`,
      backend: backendText(backend),
      when,
    },
    answer: {
      headline: `The network's probability of a methylated promoter is ${probability.toFixed(2)}. Do not believe it.`,
      detail: isDemo
        ? 'No trained run was found, so the demonstration network of this package stood in (made by "mgmt train-demo"): it learned a sign that was painted into made-up heads and has never seen a patient. The number shows that the path from files to score works, nothing else.'
        : `The network of ${run.study}/${run.run}, trained on ${run.data.description}. The paper that this software reproduces found no connection between such images and the promoter's state. Not for clinical use.`,
      numbers: [{ label: 'Probability of class 1', value: probability.toFixed(2), note: 'not for clinical use' }],
    },
    sections: [
      {
        id: 'seen',
        heading: 'What the network saw',
        blocks: [
          {
            kind: 'paragraph',
            text: `The series has ${head.shape.join(' x ')} voxels (slices, rows, columns that grow to ${head.axes.join(', ')}) of ${head.spacingMm.map((mm) => mm.toFixed(2)).join(' x ')} mm. It was turned to axial, and ${seen.shape[0]} slices around its largest section were taken, ${spacingMm(seen.affine)[0].toFixed(1)} mm apart.`,
          },
          {
            kind: 'figure',
            figure: sliceMontage([{ name: 'axial slices', data: window.data, shape: window.shape, spacingMm: [rowMm, columnMm], range }], {
              id: 'axial-slices',
              title: 'The slices in their true proportions',
            }),
          },
          {
            kind: 'figure',
            figure: sliceMontage([{ name: 'network input', data: seen.data, shape: seen.shape }], {
              id: 'network-input',
              title: `The network's input: each slice scaled to [0, 1] and resized to ${seen.shape[1]} x ${seen.shape[2]}`,
            }),
          },
        ],
      },
      {
        id: 'doubts',
        heading: 'Why not to believe it',
        blocks: [
          { kind: 'notice', tone: 'warning', text: 'Not for clinical use. No decision about a patient may rest on this number.' },
          {
            kind: 'paragraph',
            text: `The network was trained on ${String(run.config['modality'])} series. Whether this one is of that kind was not checked.`,
          },
          {
            kind: 'paragraph',
            text: 'The paper trained more than a dozen kinds of networks on 585 patients and found none whose predictions were better than a coin by more than chance allows. One score of one network on one patient adds nothing to that.',
          },
          {
            kind: 'paragraph',
            text: 'Whatever the image, the network answers with some number between 0 and 1: a knee, another scanner, a healthy head. It cannot say "I do not know".',
          },
        ],
      },
      {
        id: 'series',
        heading: 'The series and the network',
        blocks: [
          {
            kind: 'definitions',
            items: [
              ...Object.entries(header).flatMap(([term, value]) =>
                ['string', 'number'].includes(typeof value) ? [{ term, definition: String(value) }] : [],
              ),
              { term: 'network', definition: `${run.study}/${run.run}` },
              { term: 'trained on', definition: run.data.description },
              { term: 'trained by', definition: run.command },
            ],
          },
        ],
      },
    ],
  };
}

function extremes(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  return low < high ? [low, high] : [low, low + 1];
}
