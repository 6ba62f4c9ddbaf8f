/**
 * The Content-Security-Policy of both hosts: the window's own files and nothing else, no inline code, no `unsafe-*`. No text
 * ever becomes markup or code: the browser itself refuses `innerHTML` and its like, and nobody can make a way round it.
 * `connect` lists what the window may talk to besides its own origin (the bridge's WebSocket).
 */
export function contentPolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Headers that go with every file of the window, in both hosts. */
export function securityHeaders(connect: readonly string[]): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentPolicy(connect),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
