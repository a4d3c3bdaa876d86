import { csvDataUri, tableToCsv } from '../src/index.js';
import { columns } from '../src/dataTable.js';

describe('tableToCsv', () => {
  it('quotes what would break a row', () => {
    expect(tableToCsv({ columns: columns('a', 'b'), rows: [['x,y', 'say "hi"\nthere']] })).toBe('a,b\r\n"x,y","say ""hi""\nthere"\r\n');
  });

  it('leaves numbers whole and missing values empty', () => {
    expect(tableToCsv({ columns: [{ name: 'a', digits: 1 }, { name: 'b' }, { name: 'c' }], rows: [[0.123456789, null, -2]] })).toBe(
      'a,b,c\r\n0.123456789,,-2\r\n',
    );
  });

  it.each(['=1+1', '+1', '-cmd', '@x', '\tx'])('keeps a spreadsheet from computing %j', (text) => {
    expect(tableToCsv({ columns: columns('a'), rows: [[text]] })).toContain(`'${text}`);
  });
});

it('csvDataUri holds the same text in UTF-8', () => {
  const table = { columns: columns('name'), rows: [['Müller – ☂'], ...Array.from({ length: 5000 }, (_, i) => [`row ${i}`])] };
  const [head, body] = csvDataUri(table).split(',');
  expect(head).toBe('data:text/csv;charset=utf-8;base64');
  expect(Buffer.from(body!, 'base64').toString()).toBe(tableToCsv(table));
});
