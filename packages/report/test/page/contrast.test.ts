import { darkInks, inks } from '../../src/inks.js';
import { pageStyle } from '../../src/page/pageStyle.js';

type Variables = Readonly<Record<string, string>>;

const [light, darkOwn] = [...pageStyle.matchAll(/:root \{([^}]*)\}/g)].map(([, rules]): Variables =>
  Object.fromEntries([...rules!.matchAll(/--(\w+): (#[0-9a-f]+)/g)].map(([, name, color]) => [name!, color!])),
) as [Variables, Variables];

const TEXTS = ['ink', 'soft', 'link', 'agrees', 'differs', 'warning'];

/** WCAG 2.2's relative luminance and contrast of two colors. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const digits = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit) : color.slice(1).match(/../g)!;
  const [r, g, b] = digits.map((pair) => {
    const value = parseInt(pair, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('contrast', () => {
  it.each([
    ['#000', '#fff', 21],
    ['#767676', '#ffffff', 4.54], // the lightest gray that WCAG lets stand on white
  ])('of %s on %s is %d', (a, b, expected) => expect(contrast(a, b)).toBeCloseTo(expected, 2));

  it.each([
    ['light', light],
    ['dark', darkOwn],
  ])('of every text on every ground is AA, %s', (_, colors) => {
    for (const text of TEXTS)
      for (const ground of ['paper', 'tint'])
        expect([text, ground, contrast(colors[text]!, colors[ground]!) >= 4.5]).toEqual([text, ground, true]);
  });

  it.each([
    ['light', inks],
    ['dark', darkInks],
  ])('of every ink on the page is that of graphics, %s', (_, colors) => {
    for (const [name, color] of Object.entries(colors).filter(([ink]) => ink !== 'background'))
      expect([name, contrast(color, colors.background) >= 3]).toEqual([name, true]);
  });
});
