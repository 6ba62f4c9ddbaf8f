import { escapeHtml } from '../../shared/exports/escape-html.ts';

/** No script at all, nothing from elsewhere, in nobody's frame, kept by no cache; the link is told to nobody. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** Reads without a picture, on any screen, in light and dark; answers look as they do at the desk and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#212b32,#eef3f6);--ground:light-dark(#f0f4f5,#10181f);--panel:light-dark(#fff,#19242d);--line:light-dark(#768692,#7b8c99);--blue:light-dark(#005eb8,#7fb8f0);--on-blue:light-dark(#fff,#10181f);--amber:light-dark(#8a5a00,#ffcf70);--red:light-dark(#b3160a,#ff9d94)}
*{box-sizing:border-box}
body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.375rem;margin:2rem 0 .5rem}.card h2{font-size:1.125rem;margin:1.25rem 0 .25rem}
.who{margin:0 0 1rem}.notice{border:2px solid var(--amber);padding:.5rem 1rem}
.card,form{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:1rem 1.25rem;margin:1rem 0}
form h2{margin-top:0}
dl{margin:0}dl div{padding:.35rem 0;border-bottom:1px solid var(--line)}dt{font-weight:700}dd{margin:0;overflow-wrap:anywhere}
.mark{display:inline-block;border:1px solid var(--ink);border-radius:4px;padding:0 .5rem;font-weight:700}
.yes,.given{background:var(--ink);color:var(--panel)}.unknown{border:2px dashed var(--amber);color:var(--amber)}
label{display:block;font-weight:700;margin-top:.75rem}.hint{display:block;font-weight:400}
input,select,textarea{font:inherit;width:100%;max-width:28rem;padding:.5rem;color:var(--ink);background:var(--panel);border:2px solid var(--line);border-radius:4px}
textarea{display:block}
button{font:inherit;font-weight:700;margin-top:1rem;padding:.6rem 1.25rem;border:2px solid var(--blue);border-radius:6px;background:var(--blue);color:var(--on-blue);cursor:pointer}
button.second{background:var(--panel);color:var(--blue)}
:focus-visible{outline:4px solid #ffeb3b;box-shadow:0 0 0 6px #212b32}
.error{border-left:6px solid var(--red);padding:.25rem 1rem}.field-error{color:var(--red);font-weight:700;display:block}
.small{font-size:.9375rem}
@media print{form{display:none}}
`;

/** A whole page. `title` begins with "Error: " when something has to be put right, as a screen reader says it first. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/receive.css">
</head>
<body><main>
${body}
</main></body>
</html>
`;
