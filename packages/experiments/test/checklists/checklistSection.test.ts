import { pageTables } from '@mgmt/report';
import { CLAIM_2024 } from '../../src/checklists/claim2024.js';
import { checklistSection } from '../../src/checklists/checklistSection.js';
import { TRIPOD_AI } from '../../src/checklists/tripodAi.js';
import { invented, inventedPlan } from '../invented.js';

const studies = (signal?: number, seeds = [0, 1]) => {
  const records = seeds.map((seed) => invented(seed));
  return [{ plan: inventedPlan(records, signal), records }];
};

const rowsOf = (...of: Parameters<typeof studies>) => {
  const section = checklistSection(studies(...of));
  const provenance = { data: '', version: '', backend: '', when: '' };
  const page = { title: '', provenance, answer: { headline: '', detail: '' }, sections: [section] };
  return pageTables(page).map(({ table }) => table.rows);
};

describe('checklists', () => {
  it('have the items of CLAIM 2024, 1 to 44, and of TRIPOD+AI, 27 with 52 parts, each once', () => {
    expect(CLAIM_2024.items.map(({ number }) => number)).toEqual(Array.from({ length: 44 }, (_, i) => String(i + 1)));
    expect(new Set(TRIPOD_AI.items.map(({ number }) => number)).size).toBe(52);
    expect([...new Set(TRIPOD_AI.items.map(({ number }) => parseInt(number)))]).toEqual(Array.from({ length: 27 }, (_, i) => i + 1));
  });

  it('say of each item where it is filled or why it is open', () => {
    for (const row of rowsOf().flat()) {
      expect(row[2]).toMatch(/^(filled|open)$/);
      expect(String(row[3]).length).toBeGreaterThan(3);
    }
  });

  it('count what they list', () => {
    const { blocks } = checklistSection(studies());
    const summaries = blocks.flatMap((block) => (block.kind === 'details' ? [block.summary] : []));
    expect(rowsOf()).toHaveLength(2);
    for (const [i, rows] of rowsOf().entries()) {
      const filled = rows.filter(([, , state]) => state === 'filled').length;
      expect(summaries[i]).toContain(`${filled} of ${rows.length} items filled, ${rows.length - filled} open`);
    }
  });

  it('leave open about patients what is known of a phantom', () => {
    const [claimOfPatients] = rowsOf();
    const [claimOfPhantom] = rowsOf(0);
    expect(claimOfPhantom![13]).toEqual(['14', expect.any(String), 'filled', expect.stringContaining('phantom')]);
    expect(claimOfPatients![13]).toEqual(['14', expect.any(String), 'open', expect.stringContaining('not in the records')]);
  });

  it('need more than one seed for an analysis of robustness', () => {
    expect(rowsOf()[0]![29]![2]).toBe('filled');
    expect(rowsOf(undefined, [0])[0]![29]![2]).toBe('open');
  });
});
