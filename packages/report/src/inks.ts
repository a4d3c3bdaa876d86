/**
 * The colors of all figures, from the palette of Okabe and Ito (2008), told apart by every common kind of color vision.
 * A figure writes the light value as a presentation attribute, so that renderers without CSS (resvg) draw it right;
 * {@link figureStyle} swaps each for its dark twin. Everything else is drawn in `currentColor`.
 */
export const inks = {
  /** Class 0, unmethylated: Okabe-Ito blue; sky blue in the dark. */
  class0: '#0072b2',
  /** Class 1, methylated: vermilion; orange in the dark. */
  class1: '#d55e00',
  /** Cases without a label: bluish green. */
  unlabeled: '#009e73',
  /** The fourth of several series: reddish purple, darkened to be legible on white. */
  fourth: '#a64d86',
  /** Lines of reference and the paper's numbers. */
  muted: '#5f6670',
  /** The page behind: halos, hollow marks. */
  background: '#ffffff',
} as const;

/** The dark twin of each ink. */
export const darkInks: Record<keyof typeof inks, string> = {
  class0: '#56b4e9',
  class1: '#e69f00',
  unlabeled: '#2fbf98',
  fourth: '#d99bc4',
  muted: '#a3abb5',
  background: '#15171a',
};

/** The color of text in the dark: `currentColor`, for renderers that know no page around the figure. */
export const darkText = '#e6e4e0';

/** The rules that turn inks dark, for a page that holds figures. Printing stays light. */
export const darkInkRules = (Object.keys(inks) as (keyof typeof inks)[])
  .flatMap((name) => ['fill', 'stroke'].map((paint) => `.mgmt-figure [${paint}="${inks[name]}"]{${paint}:${darkInks[name]}}`))
  .join('');

/** The style sheet inside a figure that stands alone. A page removes it and carries {@link darkInkRules} once. */
export const figureStyle = `<style>@media screen and (prefers-color-scheme:dark){:root{color:${darkText};background:${darkInks.background}}${darkInkRules}}</style>`;
