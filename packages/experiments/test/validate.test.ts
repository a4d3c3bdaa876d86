import { validate, type ValidateOptions } from '../src/commands/validate.js';

describe('mgmt validate', () => {
  it.each<[string, Partial<ValidateOptions>, RegExp]>([
    ['dials of the phantom with other data', { data: 'x', signal: 0 }, /--data with --signal[^]*leave them or --data out/],
    ['another phantom with other data', { data: 'x', phantomSeed: 2 }, /--data with --signal or --phantom-seed/],
    ['labels of no data', { labels: 'l.csv' }, /--labels without --data[^]*name the folder/],
    ['names of columns of no table', { data: 'x', columns: { id: ['Patient'] } }, /--columns, [^]*without --labels/],
    ['a name of folders without a table', { data: 'x', caseFolder: 'p_{id}' }, /--case-folder without --labels/],
  ])('refuses %s', async (_name, options, message) => {
    const refused = validate({ profile: 'smoke', cache: 'never made', ...options });
    await expect(refused).rejects.toMatchObject({ code: 'experiments/contradicting-options' });
    await expect(refused).rejects.toThrow(message);
  });
});
