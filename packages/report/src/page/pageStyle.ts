import { darkInkRules } from '../inks.js';

/** The page's style sheet: a serif to read, a sans for what is looked up, one column of measured length, color only where it means something. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ink: #1d1f22; --soft: #5a616b; --line: #d9dbdf; --hair: #ebecee; --paper: #fff; --tint: #f6f6f3; --link: #0a5c93;
  --agrees: #00735a; --differs: #b34700; --warning: #b34700;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Liberation Serif', serif;
  --sans: -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --mono: ui-monospace, 'Cascadia Code', 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e4e0; --soft: #a3abb5; --line: #3a3f46; --hair: #282c31; --paper: #15171a; --tint: #1d2024; --link: #7cc4f0;
    --agrees: #4fcfac; --differs: #f0a35e; --warning: #f0a35e;
  }
  ${darkInkRules}
}
*, ::before, ::after { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) 5rem; max-width: 52rem;
  color: var(--ink); background: var(--paper); font: 1.0625rem/1.6 var(--serif); overflow-wrap: break-word;
}
p, ul, ol, dl, pre, figure { margin: 0 0 1.15em; }
p, figcaption { text-wrap: pretty; }
main > section > p, main > section > .definitions { max-width: 42rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }

.provenance {
  margin: 0 0 clamp(2rem, 6vw, 4rem); padding: 0.9rem 0; border-bottom: 1px solid var(--line);
  font: 0.8125rem/1.5 var(--sans); color: var(--soft); font-variant-numeric: tabular-nums;
}
.provenance strong { color: var(--ink); font-weight: 600; }
.provenance span { display: inline-block; }
.provenance > :not(:last-child)::after { content: '·'; margin: 0 0.35em 0 0.5em; font-weight: 400; color: var(--soft); }
h1 { margin: 0 0 2rem; max-width: 42rem; font: 400 clamp(1.75rem, 1.2rem + 2.2vw, 2.6rem)/1.18 var(--serif); letter-spacing: -0.012em; text-wrap: balance; }
h2 { margin: 3.4rem 0 1rem; padding-top: 0.7rem; border-top: 1px solid var(--line); font: 600 1.25rem/1.3 var(--sans); letter-spacing: -0.005em; scroll-margin-top: 1rem; }
h3 { margin: 2.2rem 0 0.6rem; font: 600 1rem/1.4 var(--sans); }

.answer { margin-bottom: 2.4rem; }
.answer h2 { margin: 0 0 0.5rem; padding: 0; border: 0; font: 600 0.75rem/1.4 var(--sans); letter-spacing: 0.09em; text-transform: uppercase; color: var(--soft); }
.answer .headline { max-width: 46rem; margin-bottom: 0.7em; font-size: clamp(1.3rem, 1.1rem + 1vw, 1.65rem); line-height: 1.36; text-wrap: pretty; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.2rem 2rem; margin: 1.8rem 0 0; font-family: var(--sans); }
.numbers > div { padding-top: 0.6rem; border-top: 2px solid var(--ink); }
.numbers dt { font-size: 0.8125rem; line-height: 1.4; color: var(--soft); }
.numbers dd { margin: 0; }
.numbers .value { display: block; font-size: 1.9rem; line-height: 1.25; font-weight: 300; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.numbers .note { display: block; font-size: 0.8125rem; line-height: 1.4; color: var(--soft); font-variant-numeric: tabular-nums; }

nav { margin: 2.2rem 0 0; font: 0.875rem/1.5 var(--sans); }
nav ol { display: flex; flex-wrap: wrap; gap: 0.35rem 1.4rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.1rem 0; text-decoration-color: var(--line); }
.up { margin: 1.6rem 0 0; font: 0.8125rem/1.5 var(--sans); }
.up a::before { content: '↑'; margin-right: 0.4em; }
@media screen and (min-width: 90rem) {
  nav { position: fixed; top: 0; left: calc(50% - 42rem); width: 13rem; max-height: 100vh; margin: 0; padding: 4.6rem 0.5rem 2rem 0.3rem; overflow-y: auto; font-size: 0.8125rem; }
  nav ol { display: block; }
  nav li + li { margin-top: 0.55rem; }
  nav a { display: block; padding: 0; line-height: 1.4; text-decoration: none; }
  nav a:hover { text-decoration: underline; }
  .up { display: none; }
}
details { margin: 1.4rem 0; }
summary { width: fit-content; padding: 0.25rem 0; font: 0.9063rem/1.5 var(--sans); color: var(--link); cursor: pointer; }
details[open] > summary { margin-bottom: 0.8rem; }

figure { margin: 2.2rem 0 2.6rem; }
figcaption { max-width: 44rem; font: 0.8438rem/1.5 var(--sans); color: var(--soft); }
figcaption strong { color: var(--ink); font-weight: 600; }
figcaption strong::after { content: '|'; margin: 0 0.15em 0 0.5em; font-weight: 300; color: var(--soft); }
figcaption b { color: var(--ink); font-weight: 600; }
figcaption b::after { content: '.'; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 2.5rem; }
.scroll {
  overflow-x: auto;
  /* a shadow at the side where more is hidden: the first two layers move with the content and cover it */
  background:
    linear-gradient(90deg, var(--paper) 1rem, transparent) 0 0 / 2.5rem 100% no-repeat local,
    linear-gradient(-90deg, var(--paper) 1rem, transparent) 100% 0 / 2.5rem 100% no-repeat local,
    linear-gradient(90deg, var(--line), transparent) 0 0 / 0.6rem 100% no-repeat,
    linear-gradient(-90deg, var(--line), transparent) 100% 0 / 0.6rem 100% no-repeat;
}
.mgmt-figure { display: block; max-width: 100%; height: auto; margin-bottom: 0.9rem; font-family: var(--sans); }
.mgmt-figure text { white-space: pre; }
.download { display: block; width: fit-content; margin-top: 0.3rem; font: 0.8438rem/1.5 var(--sans); }
@media screen and (max-width: 44rem) { .mgmt-figure { max-width: none; min-width: min(40rem, max-content); } .figures .mgmt-figure { max-width: 100%; min-width: 0; } }

.table figcaption { margin-bottom: 0.6rem; }
table { min-width: min(100%, 26rem); border-collapse: collapse; border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); font: 0.875rem/1.45 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: 0.42rem 1.4rem 0.42rem 0; text-align: left; vertical-align: baseline; white-space: pre-line; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-bottom: 1px solid var(--ink); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 400; white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--hair); }
.number { text-align: right; white-space: nowrap; }
.verdict { white-space: nowrap; }
.reason { min-width: 13rem; color: var(--soft); }
.agrees { color: var(--agrees); } .differs { color: var(--differs); } .open { color: var(--soft); }
@media (max-width: 44rem) { table { font-size: 0.8125rem; } th, td { padding-right: 0.85rem; } tbody th { min-width: 6rem; white-space: pre-line; } }
.rule, .empty { margin: 0.6rem 0 0; max-width: 44rem; font: 0.8438rem/1.5 var(--sans); color: var(--soft); }

.definitions { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.35rem 1.6rem; font: 0.9063rem/1.5 var(--sans); }
.definitions dt { color: var(--soft); }
.definitions dd { margin: 0; min-width: 0; font-variant-numeric: tabular-nums; }
@media (max-width: 30rem) { .definitions { display: block; } .definitions dd { margin-bottom: 0.6rem; } }
code { font: 0.875em/1.5 var(--mono); }
pre { overflow-x: auto; padding: 0.9rem 1.1rem; background: var(--tint); border-radius: 4px; line-height: 1.5; }
.notice { padding: 0.75rem 1.1rem; border-left: 3px solid var(--soft); background: var(--tint); font: 0.9063rem/1.55 var(--sans); }
.notice strong { margin-right: 0.3em; }
.notice.warning { border-color: var(--warning); } .notice.warning strong { color: var(--warning); }

@page { margin: 18mm 16mm; }
@media print {
  html { font-size: 82%; }
  body { max-width: none; padding: 0; }
  nav, .up, .download { display: none; }
  summary { color: var(--ink); list-style: none; }
  details::details-content { display: block; content-visibility: visible; }
  .scroll { overflow: visible; background: none !important; }
  .provenance { margin-bottom: 1.5rem; }
  figure:not(.table), .notice, tr, .numbers { break-inside: avoid; }
  h2, h3, .table figcaption { break-after: avoid; }
  pre { white-space: pre-wrap; border: 1px solid var(--line); }
}
`;

/** SHA-256 of {@link pageStyle}, base64: the one style sheet that the page lets its browser obey. A test holds the two together. */
const PAGE_STYLE_SHA256 = 'eCTs4Fm+fACQmTU+EirQmkav8i4esVn2jjKEXPq0a7I=';

/** Nothing may be loaded, run or sent: images are inside the page, and no style but its own counts. */
export const contentSecurityPolicy = `default-src 'none'; img-src data:; style-src 'sha256-${PAGE_STYLE_SHA256}'; base-uri 'none'; form-action 'none'`;
