import { join } from 'node:path';
import { readLabels } from '../src/index.js';
import { emptyFolder, write } from './folders.js';

const read = async (content: string) => readLabels(join(await write(await emptyFolder(), { 'labels.csv': content }), 'labels.csv'));

describe('readLabels', () => {
  it.each([
    ['as the competition gives it', 'BraTS21ID,MGMT_value\n00000,1\n00042,0\n'],
    ['with a byte-order mark and CRLF', '\uFEFFBraTS21ID,MGMT_value\r\n00000,1\r\n00042,0\r\n'],
    ['with a byte-order mark before quotes', '\uFEFF"BraTS21ID","MGMT_value"\n"00000","1"\n"00042","0"\n'],
    ['with quotes', '"BraTS21ID","MGMT_value"\n"00000","1"\n"00042","0"\n'],
    ['with ids that lost their zeros', 'BraTS21ID,MGMT_value\n0,1\n42,0\n'],
    ['with semicolons', 'BraTS21ID;MGMT_value\n00000;1\n00042;0\n'],
    ['with tabs', 'BraTS21ID\tMGMT_value\n00000\t1\n00042\t0\n'],
    ['with spaces and no last line break', 'BraTS21ID, MGMT_value\n 00000 , 1\n00042,0'],
    ['with labels that a spreadsheet made fractions', 'BraTS21ID,MGMT_value\n00000,1.0\n00042,0.0\n'],
    ['with columns in another order, and more of them', 'age,mgmt_value,brats21id\n61,1,00000\n55,0,00042\n'],
  ])('reads a file %s', async (_name, content) => {
    expect(await read(content)).toEqual([
      { id: '00000', label: 1, line: 2 },
      { id: '00042', label: 0, line: 3 },
    ]);
  });

  it('leaves a case without label where its field is empty', async () => {
    expect(await read('BraTS21ID,MGMT_value\n00042,\n00043,1\n')).toEqual([
      { id: '00042', label: null, line: 2 },
      { id: '00043', label: 1, line: 3 },
    ]);
  });

  it('counts lines as an editor does, empty ones too', async () => {
    expect((await read('BraTS21ID,MGMT_value\n\n00000,1\n\r\n00042,0\n')).map(({ line }) => line)).toEqual([3, 5]);
  });

  it.each([
    ['label 2', '00001,1\n00042,2\n', /line 3: the label of 00042 is not valid\n {2}expected 0 or 1, found "2"\n {2}hint: correct the row/],
    ['a missing field', '00042\n', /line 2: the label of 00042 is not valid\n {2}expected 0 or 1, found nothing/],
    ['a label in words', '00042,methylated\n', /line 2: [^]*found "methylated"/],
    ['a label between', '00042,0.7\n', /line 2: [^]*found "0.7"/],
    ['an id in words', 'BraTS2021_00042,1\n', /line 2: the id is not valid\n {2}expected one to five digits, found "BraTS2021_00042"/],
    ['an id of six digits', '100042,1\n', /line 2: the id is not valid/],
    [
      'an id that stands twice',
      '00042,1\n00001,0\n42,1\n',
      /line 4: the id 00042 stands twice\n {2}expected one row for a case, found another in line 2/,
    ],
  ])('names the row with %s', async (_name, rows, message) => {
    await expect(read('BraTS21ID,MGMT_value\n' + rows)).rejects.toThrow(message);
    await expect(read('BraTS21ID,MGMT_value\n' + rows)).rejects.toMatchObject({ code: 'cohort/bad-label-row' });
  });

  it.each([
    ['an empty file', '', /this is no label file\n[^]*BraTS21ID and MGMT_value, found an empty file/],
    ['another table', 'id,value\n1,2\n', /this is no label file\n[^]*found "id,value"/],
    ['a file without header', '00000,1\n', /this is no label file/],
    ['a quote that does not end', 'BraTS21ID,MGMT_value\n"00000,1\n', /comma-separated values\n[^]*line 2/],
  ])('refuses %s', async (_name, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
    await expect(read(content)).rejects.toMatchObject({ code: 'cohort/bad-label-file' });
  });
});
