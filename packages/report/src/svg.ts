import { parseHTML } from 'linkedom';
import { MgmtError } from '@mgmt/core';
import { escapeText, replaceForbidden } from './escape.js';
import type { Figure, FigureOptions } from './figure.js';
import { figureStyle } from './inks.js';

/** The document that figures are drawn in: linkedom's, so that Node and browsers give the same text. */
export const figureDocument: Document = parseHTML('<!doctype html><html><body></body></html>').document;

const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes, and children that are elements or text. */
export function svgElement(name: string, attributes: Record<string, string | number>, ...children: (Element | string)[]): Element {
  const element = figureDocument.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** What a figure function knows beside the drawing. */
export interface FigureWords extends Pick<Figure, 'title' | 'caption' | 'alt' | 'table'> {
  /** `auc-forest`: the id where the caller gives none. */
  readonly kind: string;
}

/**
 * A drawing and its words as a {@link Figure}: names it for assistive technology, adds the colors for the dark, rounds coordinates, writes text.
 *
 * @throws `MgmtError` `report/bad-id`
 */
export function finishFigure(drawing: Element, words: FigureWords, options: FigureOptions): Figure {
  const { id = words.kind, title = words.title, caption = words.caption } = options;
  checkId(id);
  drawing.querySelectorAll('style').forEach((style) => style.remove()); // Plot's own: a page forbids styles that it does not know
  drawing.querySelectorAll('*').forEach(roundCoordinates);
  const content = [...drawing.children].map((child) => child.outerHTML).join('');
  const [width, height] = [drawing.getAttribute('width'), drawing.getAttribute('height')];
  const svg =
    `<svg xmlns="${SVG}" class="mgmt-figure" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
    ` fill="currentColor" font-family="-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif" font-size="${FONT_SIZE}" text-anchor="middle">` +
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-desc">${escapeText(words.alt)}</desc>${figureStyle}${replaceForbidden(content)}</svg>`;
  return { id, svg, title, caption, alt: words.alt, table: words.table };
}

/** Height of letters in a figure, in its own pixels. */
export const FONT_SIZE = 11.5;

/**
 * Holds an id to what is safe in an attribute, an anchor and a file name.
 *
 * @throws `MgmtError` `report/bad-id`
 */
export function checkId(id: string): void {
  if (/^[a-z][a-z0-9-]*$/.test(id)) return;
  throw new MgmtError('an id on a page must be a plain word', {
    code: 'report/bad-id',
    expected: 'lower-case letters, digits and hyphens, a letter first',
    found: JSON.stringify(id),
  });
}

const COORDINATES = ['d', 'transform', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'width', 'height', 'points'];

/** Two digits are a fiftieth of a pixel on any screen, and half the size of the file. */
function roundCoordinates(element: Element): void {
  for (const name of COORDINATES) {
    const value = element.getAttribute(name);
    if (value?.includes('.'))
      element.setAttribute(
        name,
        value.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)))),
      );
  }
}
