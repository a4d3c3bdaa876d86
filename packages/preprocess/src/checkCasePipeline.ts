import type { CasePipeline } from './casePipeline.js';
import { badPipeline, checkFields, checkSteps, isRecord } from './checkSteps.js';
import { SLICE_RULE_FIELDS } from './stepFields.js';

/**
 * A case's pipeline from outside.
 *
 * @param where - what is checked, for errors
 * @throws `MgmtError` `preprocess/bad-pipeline`, `preprocess/unknown-step`
 */
export function checkCasePipeline(pipeline: unknown, where: string): asserts pipeline is CasePipeline {
  if (!isRecord(pipeline)) throw badPipeline(where, 'an object with inputs, steps and layout', pipeline);
  const { inputs, onto, steps, layout, ...rest } = pipeline;
  checkFields(rest, {}, where);
  const isNames = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');
  if (!Array.isArray(inputs) || inputs.length === 0 || !inputs.every(isNames)) {
    throw badPipeline(`${where}: inputs`, 'for each input of the network a list of modalities', inputs);
  }
  const modalities = new Set(inputs.flat());
  if (onto !== undefined && !modalities.has(onto)) throw badPipeline(`${where}: onto`, `one of ${[...modalities].join(', ')}`, onto);
  checkSteps(steps, where);
  checkLayout(layout, `${where}: layout`);
  if (modalities.size === 1 || onto !== undefined) return;
  if (layout.as === 'slices')
    throw badPipeline(`${where}: onto`, 'a modality: slices of several modalities belong together only on one grid', onto);
}

function checkLayout(layout: unknown, where: string): asserts layout is CasePipeline['layout'] {
  const kinds = ['volume', 'slices-as-channels', 'slices'];
  if (!isRecord(layout) || !kinds.includes(layout.as as string)) throw badPipeline(`${where}: as`, `one of ${kinds.join(', ')}`, layout);
  const { as, keep, ...rest } = layout;
  checkFields(as === 'slices' ? rest : { ...rest, ...(keep !== undefined && { keep }) }, {}, where);
  if (as !== 'slices') return;
  const by = isRecord(keep) ? keep.by : undefined;
  if (!isRecord(keep) || typeof by !== 'string' || !Object.hasOwn(SLICE_RULE_FIELDS, by)) {
    throw badPipeline(`${where}: keep`, `a rule: by one of ${Object.keys(SLICE_RULE_FIELDS).join(', ')}`, keep);
  }
  const { by: _by, ...fields } = keep;
  checkFields(fields, SLICE_RULE_FIELDS[by]!, `${where}: keep, ${by}`);
}
