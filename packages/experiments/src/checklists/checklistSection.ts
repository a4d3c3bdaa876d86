import type { Block, Section } from '@mgmt/report';
import type { Checklist, StudyRecords } from './checklist.js';
import { CLAIM_2024 } from './claim2024.js';
import { TRIPOD_AI } from './tripodAi.js';

/** Both reporting guidelines, item by item, as the records fulfil them: folded, with counts. */
export function checklistSection(studies: readonly StudyRecords[]): Section {
  return {
    id: 'checklists',
    heading: 'Reporting checklists',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Filled from the records: an item is filled where this page holds what it asks for, and open where only the people who did the study know, or where it was not done.',
      },
      ...[CLAIM_2024, TRIPOD_AI].map((checklist) => checklistBlock(checklist, studies)),
    ],
  };
}

function checklistBlock({ name, source, items }: Checklist, studies: readonly StudyRecords[]): Block {
  const rows = items.map(({ number, text, fulfilment }) => {
    const found = fulfilment(studies);
    return 'filled' in found ? [number, text, 'filled', found.filled] : [number, text, 'open', found.open];
  });
  const filled = rows.filter(([, , state]) => state === 'filled').length;
  return {
    kind: 'details',
    summary: `${name}: ${filled} of ${items.length} items filled, ${items.length - filled} open`,
    blocks: [
      {
        kind: 'table',
        caption: `${name}, the items in words of our own. ${source}.`,
        columns: [{ name: 'Item' }, { name: 'Asks for' }, { name: 'State' }, { name: 'Where, or why not' }],
        rows,
      },
    ],
  };
}
