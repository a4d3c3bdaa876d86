import { MgmtError } from '@mgmt/core';
import type { Figure } from '../figure.js';
import { darkInks, darkText, figureStyle, inks } from '../inks.js';

/** How a figure becomes pixels. */
export interface FigureToPngOptions {
  /** Pixels; the height follows. Default: twice the figure's own width, sharp on most screens and in print. */
  readonly width?: number;
  /** Light figures on white by default, as on paper. */
  readonly dark?: boolean;
}

/**
 * A figure as a PNG file, for slides and word processors: by `@resvg/resvg-js`, which is loaded only when asked for. Letters are the machine's own; where it
 * has none of the figure's fonts, any sans serif.
 *
 * @throws `MgmtError` `report/no-resvg` with the command that installs it, `report/bad-width`
 * @example
 * writeFileSync('forest.png', await figureToPng(aucForest(data), { width: 1440 }));
 */
export async function figureToPng(figure: Figure, { width, dark = false }: FigureToPngOptions = {}): Promise<Uint8Array> {
  if (width !== undefined && !(Number.isInteger(width) && width > 0)) {
    throw new MgmtError('a picture needs a width', {
      code: 'report/bad-width',
      expected: 'pixels, a whole number above 0',
      found: String(width),
    });
  }
  const { Resvg } = await loadResvg();
  const drawn = new Resvg(paint(figure.svg, dark), {
    fitTo: width === undefined ? { mode: 'zoom', value: 2 } : { mode: 'width', value: width },
    background: dark ? darkInks.background : inks.background,
    font: { loadSystemFonts: true, defaultFontFamily: 'Liberation Sans' },
  });
  return drawn.render().asPng();
}

/** The part of `@resvg/resvg-js` 2 that is used. */
interface ResvgPackage {
  readonly Resvg: new (
    svg: string,
    options: {
      readonly fitTo: { readonly mode: 'width' | 'zoom'; readonly value: number };
      readonly background: string;
      readonly font: { readonly loadSystemFonts: boolean; readonly defaultFontFamily: string };
    },
  ) => { render(): { asPng(): Uint8Array } };
}

async function loadResvg(): Promise<ResvgPackage> {
  const name: string = '@resvg/resvg-js'; // an optional peer: neither compiler nor bundler may look for it
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as ResvgPackage;
  } catch (cause) {
    throw new MgmtError('pictures as PNG need @resvg/resvg-js', {
      code: 'report/no-resvg',
      found: cause instanceof Error ? cause.message.split('\n')[0]! : String(cause),
      hint: 'npm install @resvg/resvg-js',
      cause,
    });
  }
}

/** Says by attributes what the figure's style sheet says by rules, which this renderer does not read. */
function paint(svg: string, dark: boolean): string {
  const plain = svg.replace(figureStyle, '');
  if (!dark) return plain;
  const names = Object.keys(inks) as (keyof typeof inks)[];
  return names
    .reduce((text, name) => text.replaceAll(new RegExp(`(fill|stroke)="${inks[name]}"`, 'g'), `$1="${darkInks[name]}"`), plain)
    .replace('<svg ', `<svg color="${darkText}" `);
}
