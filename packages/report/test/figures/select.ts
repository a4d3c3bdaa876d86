import { parseHTML } from 'linkedom';
import type { Figure } from '../../src/index.js';

/** The elements of a figure under a selector. */
export function select({ svg }: Figure, selector: string): Element[] {
  return [...parseHTML(svg).document.querySelectorAll(selector)];
}

/** All text that the figure shows, piece by piece. */
export const texts = (figure: Figure): string[] => select(figure, 'text').map(({ textContent }) => textContent);
