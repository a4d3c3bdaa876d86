import { readFileSync } from 'node:fs';
import * as evaluation from '@mgmt/evaluation';
import { parseHTML } from 'linkedom';
import * as report from '../../src/index.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const example = /## A page of your own[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme)![1]!;

/** Runs the README's example on a CSV; gives the files that it writes. */
function run(csv: string): Map<string, string> {
  const files = new Map<string, string>();
  const names = {
    ...evaluation,
    ...report,
    readFileSync: () => csv,
    writeFileSync: (name: string, text: string) => files.set(name, text),
  };
  const body = example.replaceAll(/^import .*$/gm, '').replace('} as const;', '};');
  new Function(...Object.keys(names), body)(...Object.values(names));
  return files;
}

describe('the README’s page of a CSV of scores', () => {
  const scores = [0.1, 0.4, 0.35, 0.8]; // DeLong's AUC 0.75, variance 0.125
  const files = run(['id,label,score', ...scores.map((score, i) => `p${i},${i < 2 ? 0 : 1},${score}`)].join('\n'));
  const { document } = parseHTML(files.get('index.html')!);

  it('says what the scores say', () => {
    expect(document.querySelector('.provenance')!.textContent).toContain('4 patients of scores.csv');
    expect(document.querySelector('.headline')!.textContent).toMatch(/^It cannot be told: AUC 0\.75 \(95 % interval 0\.\d\d to /);
    expect(document.querySelector('details pre')!.textContent).toContain('p3,1,0.8');
  });

  it('has a file for each of its figures', () => {
    expect([...files.keys()]).toEqual(['index.html', 'auc-forest.csv', 'roc-curves.csv']);
  });
});
