import { isMgmtError, MgmtError } from '../src/index.js';

const details = { code: 'core/odd', where: 'a/b.dcm', expected: 'one', found: 'two', hint: 'count again' };

describe('MgmtError', () => {
  it('tells everything in its message, and each part by itself', () => {
    const error = new MgmtError('the number is odd', details);
    expect(error.message).toBe('core/odd: a/b.dcm: the number is odd\n  expected one, found two\n  hint: count again');
    expect(error).toMatchObject({ ...details, sentence: 'the number is odd' });
  });

  it.each([details, { code: 'core/bare' }])('is made again from plain data: %j', (some) => {
    const error = new MgmtError('the number is odd', some);
    const data = JSON.parse(JSON.stringify(error)) as ReturnType<MgmtError['toJSON']>;
    const again = new MgmtError(data.sentence, data);
    expect(again).toEqual(error);
    expect(again.message).toBe(error.message);
  });

  it('is known by its name, not by its class', () => {
    expect(isMgmtError(Object.assign(new Error('x'), { name: 'MgmtError', code: 'a/b' }))).toBe(true);
    expect(isMgmtError(new Error('x'))).toBe(false);
  });
});
