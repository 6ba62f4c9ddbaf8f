import { type DemonstrationPerson } from './people.ts';

/** The provider's one page: who are you? Nothing of the request is in it. */
export function signInPage(people: readonly DemonstrationPerson[]): string {
  const lines = people
    .map(
      ({ id, name, roles }, at) =>
        `<li><a href="?as=${encodeURIComponent(id)}"${at === 0 ? ' autofocus' : ''}>${name}</a> <span>${roles.join(', ')}</span></li>`,
    )
    .join('');
  return (
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    `<title>Sign in – demonstration</title><style>${STYLE}</style></head><body><main>` +
    '<h1>Who are you?</h1><p>This is Lantern’s demonstration identity server. The people are invented and nobody has a password. ' +
    'A real organisation signs in here with its own provider, such as NHS CIS2.</p>' +
    `<ul>${lines}</ul></main></body></html>`
  );
}

const STYLE = `
:root{color-scheme:light dark;--fg:#212b32;--bg:#f0f4f5;--link:#005eb8}
@media (prefers-color-scheme:dark){:root{--fg:#e8edee;--bg:#16202a;--link:#8fc3ff}}
body{margin:0;font:19px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg)}
main{max-width:36rem;margin:10vh auto;padding:0 1.5rem}
ul{padding:0;list-style:none}li{margin:.75rem 0}
a{display:inline-block;padding:.6rem 1rem;border:2px solid var(--link);border-radius:4px;color:var(--link);text-decoration:none;font-weight:600}
a:hover,a:focus{background:var(--link);color:var(--bg);outline:none}span{margin-left:.75rem}`;
