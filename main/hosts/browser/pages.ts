/** The few pages of the browser host's own: no script, no style, nothing from the request in them. */
function page(title: string, ...paragraphs: string[]): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('');
  return (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">' +
    `<meta name="viewport" content="width=device-width"><title>${title} – Lantern</title></head>` +
    `<body><main><h1>${title}</h1>${body}</main></body></html>`
  );
}

export const notLetInPage = page(
  'This address no longer opens the desk',
  'Each address that Lantern prints works once. Nothing on this desk is lost.',
  'To get in: close other Lantern pages, wait a few seconds, and open the newest address in the terminal where ' +
    'Lantern was started. If there is none, stop it with Ctrl+C and run “npm start” again.',
);

export const refusedPage = page(
  'Not from here',
  'This desk answers only its own page, at the address printed in the terminal where Lantern was started.',
);

export const notBuiltPage = page(
  'The window has not been built',
  'Lantern is running, but the files of its window are missing. Run “npm run build”, then load this page again.',
);
