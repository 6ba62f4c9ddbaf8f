import { escapeHtml } from '../escape-html.ts';
import { type DowntimePack, type FormLine } from './pack.ts';

const STYLE = `
body{font:12pt/1.4 sans-serif;color:#000;background:#fff;margin:0 auto;max-width:180mm;padding:8mm}
h1{font-size:20pt;margin:0}h2{font-size:14pt;border-bottom:2px solid #000;margin:8mm 0 3mm;break-after:avoid}
.notice{border:3px double #000;padding:2mm 4mm;font-weight:bold}
.row{break-inside:avoid;padding:2mm 0;border-bottom:1px solid #777}
.box{display:inline-block;margin:1mm 5mm 1mm 0;white-space:nowrap}
.box::before{content:"";display:inline-block;width:3.6mm;height:3.6mm;border:1px solid #000;margin-right:1.5mm;vertical-align:-.5mm}
.write{border-bottom:1px dotted #000;height:7mm;display:flex;align-items:end}
.id{color:#333;font-size:9pt}table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:1.5mm 3mm 1.5mm 0;border-bottom:1px solid #777}
.page{break-before:page}.number{font-size:14pt;font-weight:bold}
@page{size:A4;margin:14mm}
`;

/**
 * The pack as one file that any browser opens and prints, with Lantern running or not: no script, nothing fetched,
 * nothing about anybody. A policy in the file itself forbids both.
 */
export function downtimeHtml(pack: DowntimePack): string {
  const notice = pack.notice === undefined ? '' : `<p class="notice">${escapeHtml(pack.notice)}</p>`;
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Lantern downtime pack, ${escapeHtml(pack.made)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Downtime pack</h1>
<p>Made ${escapeHtml(pack.made)} · content ${escapeHtml(pack.content)}. It holds nothing about any caller.</p>
${notice}
<h2>What to do</h2>
<ol>${pack.steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('\n')}</ol>
<h2>Numbers</h2>
<table>${pack.numbers.map(({ title, number }) => `<tr><th>${escapeHtml(title)}</th><td class="number">${number === '' ? '<div class="write"></div>' : escapeHtml(number)}</td></tr>`).join('\n')}</table>
${directoryHtml(pack)}
<section class="page">
<h1>Call on paper</h1>
${notice}
<div class="row">Taken by (name, role) <div class="write"></div> Form number <div class="write"></div></div>
<div class="row">Shift began (day, time) <div class="write"></div> Call began (day, time) <div class="write"></div> Call ended <div class="write"></div></div>
${pack.form.map((part) => `<h2>${escapeHtml(part.title)}</h2>\n${part.lines.map(formLine).join('\n')}`).join('\n')}
<h2>Hand-over</h2>
<div class="row">To whom, how, at what time <div class="write"></div> Who has the person, by name, at what time <div class="write"></div> Or: who said no, and why <div class="write"></div></div>
<h2>Notes, each with its time</h2>
${'<div class="write"></div>\n'.repeat(14)}
</section>
</body>
</html>
`;
}

function formLine({ id, ask, boxes, fields }: FormLine): string {
  const tick = (labels: readonly string[]): string =>
    labels.map((label) => `<span class="box">${escapeHtml(label)}</span>`).join(' ');
  return `<div class="row"><span class="id">${escapeHtml(id)}</span> ${escapeHtml(ask)} <span class="id">time ____:____</span><br>${tick(boxes)}
${fields.map((field) => `<div>${escapeHtml(field.label)}: ${tick(field.boxes)}${field.boxes.length === 0 ? '<div class="write"></div>' : ''}</div>`).join('\n')}
<div class="write"></div></div>`;
}

function directoryHtml({ directory }: DowntimePack): string {
  if ('missing' in directory) return `<h2>Services</h2>\n<p>${escapeHtml(directory.missing)}</p>`;
  const rows = directory.rows.map(
    ({ name, where, ring, mind }) =>
      `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(where)}</td><td>${escapeHtml(ring)}</td><td>${escapeHtml(mind)}</td></tr>`,
  );
  return `<h2>Services</h2>
<p>${escapeHtml(directory.asOf)}. Hours are not printed: a printed hour is soon wrong.</p>
<table><tr><th>Service</th><th>Where</th><th>Ring</th><th>Mind</th></tr>
${rows.join('\n')}</table>`;
}
