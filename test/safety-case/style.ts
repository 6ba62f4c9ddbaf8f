import { Html } from './html.ts';

/** The report's own CSS: system fonts, nothing fetched, made for A4. Colour never says anything by itself. */
export const STYLE = new Html(`
:root { --ink: #1b2430; --soft: #4d5866; --line: #c9d0d8; --pale: #f3f5f7; --link: #14508c;
  --good: #0b5c36; --warn: #7a4a00; --bad: #9b1c1c; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: .2rem 0 .6rem; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 2.4rem 0 .8rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.08rem; margin: 1.6rem 0 .5rem; }
p { margin: .5rem 0; } ul, ol { margin: .5rem 0; padding-left: 1.3rem; } li { margin: .2rem 0; }
a { color: var(--link); } a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.over { color: var(--soft); margin: 0; } .lead { font-size: 1.1rem; max-width: 46rem; }
.notice, .incomplete, .complete { border: 1px solid var(--line); border-left: 6px solid var(--warn); background: var(--pale); padding: .5rem 1rem; margin: 1rem 0; }
.complete { border-left-color: var(--good); } .incomplete { border-left-color: var(--bad); }
dl { margin: .8rem 0; } dd { margin: 0; } dt { font-weight: 600; }
.facts > div, .causes > div, .meaning > div { display: grid; grid-template-columns: 12rem 1fr; gap: 0 1rem; padding: .3rem 0; border-top: 1px solid var(--line); }
.causes > div { grid-template-columns: 7.5rem 1fr; border: 0; padding: .12rem 0; } .meaning > div { grid-template-columns: 7.5rem 1fr; }
.hash, .file { overflow-wrap: anywhere; } .hash { font: .88em ui-monospace, "Liberation Mono", monospace; }
table { width: 100%; border-collapse: collapse; margin: .8rem 0 1rem; font-size: .93rem; }
caption { text-align: left; font-weight: 600; padding: .2rem 0 .35rem; }
th, td { text-align: left; vertical-align: top; padding: .38rem .55rem; border-top: 1px solid var(--line); }
thead th { background: var(--pale); border-top: 0; border-bottom: 1px solid var(--ink); }
tbody th { font-weight: 400; }
td p, th p { margin: 0 0 .25rem; }
.index th, .index td { padding: .16rem .5rem; } .index td:nth-child(n+3):nth-child(-n+5), .index thead th:nth-child(n+3):nth-child(-n+5) { text-align: right; }
.index thead th { white-space: nowrap; } .index td:nth-child(n+6) { color: var(--soft); }
.hazard { margin: 0 0 1.6rem; padding-top: .9rem; border-top: 1px solid var(--ink); } .hazard h3 { margin-top: 0; }
.hazard caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.hazard table { table-layout: fixed; } .hazard thead th:first-child { width: 46%; } .hazard thead th:nth-child(2) { width: 6.6rem; }
.status { display: inline-block; border: 1px solid; border-radius: 3px; padding: 0 .4rem; font-weight: 600; background: #fff; }
.status.built { color: var(--good); } .status.partly { color: var(--warn); border-style: dashed; } .status.planned { color: var(--soft); border-style: dotted; }
.gate { white-space: nowrap; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 .3rem; font-size: .88em; }
.missing { color: var(--warn); } .coming { color: var(--soft); }
.tests { list-style: none; padding: 0; margin: 0; } .tests li { margin: 0 0 .35rem; overflow-wrap: anywhere; }
.outcome { font-weight: 600; white-space: nowrap; } .outcome.passed { color: var(--good); } .outcome.notRun { color: var(--soft); }
.outcome.failed, .outcome.skipped, .outcome.missing, .bad { color: var(--bad); font-weight: 600; }
.file { display: block; color: var(--soft); font-size: .86em; }
@media (max-width: 40rem) { .facts > div, .causes > div, .meaning > div { grid-template-columns: 1fr; } }
@media print {
  html { font-size: 12px; } body { font-size: 12px; } main { max-width: none; padding: 0; } a { color: inherit; text-decoration: none; }
  .new-page { break-before: page; } .hazard { break-inside: avoid; } h2, h3, caption { break-after: avoid; } tr, li, .causes, .notice { break-inside: avoid; }
  thead { display: table-header-group; } .new-page > h2 { margin-top: 0; } .index th, .index td { padding: .1rem .5rem; line-height: 1.4; }
  .status, .notice, .complete, .incomplete, thead th { print-color-adjust: exact; }
}
`);
