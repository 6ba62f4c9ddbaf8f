/** What there is to know before a host is chosen. The last two are asked only when they matter. */
export interface HostFacts {
  readonly forced: 'electron' | 'browser' | undefined;
  readonly hasDisplay: boolean;
  readonly findBinary: () => string | undefined;
  /** Tries to install the binary for at most `ms`. */
  readonly install: (ms: number) => Promise<'done' | 'failed' | 'tooSlow'>;
}

export type HostChoice =
  | { readonly host: 'electron'; readonly binary: string; readonly line: string }
  | { readonly host: 'browser'; readonly line: string }
  | { readonly host: 'none'; readonly line: string };

/** The whole decision takes no longer than this, in ms. */
export const INSTALL_MS = 5_000;

/** Decides which host runs, and says which and why in one line. */
export async function chooseHost(facts: HostFacts): Promise<HostChoice> {
  if (facts.forced === 'browser') {
    return { host: 'browser', line: 'Desk: browser host, because LANTERN_HOST says so' };
  }
  const isForced = facts.forced === 'electron';
  const because = isForced ? 'because LANTERN_HOST says so' : 'because its binary is installed';
  const found = facts.findBinary();
  if (!facts.hasDisplay) {
    const why = 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)';
    if (isForced) return { host: 'none', line: `Desk: LANTERN_HOST asks for Electron, but ${why}` };
    const alsoMissing = found === undefined ? '; Electron’s binary is not installed either' : '';
    return { host: 'browser', line: `Desk: browser host, because ${why}${alsoMissing}` };
  }
  if (found !== undefined) return { host: 'electron', binary: found, line: `Desk: Electron, ${because}` };
  const outcome = await facts.install(INSTALL_MS);
  const installed = outcome === 'done' ? facts.findBinary() : undefined;
  if (installed !== undefined) {
    return {
      host: 'electron',
      binary: installed,
      line: 'Desk: Electron, because its binary could be installed just now',
    };
  }
  const tried =
    outcome === 'tooSlow' ? 'its installer needs longer than five seconds' : 'its installer failed';
  const why = `Electron’s binary is not installed (${tried})`;
  return isForced
    ? { host: 'none', line: `Desk: LANTERN_HOST asks for Electron, but ${why}` }
    : { host: 'browser', line: `Desk: browser host, because ${why}` };
}

/** Whether a window can be opened here. Windows and macOS always have a display of their own. */
export function hasDisplay(
  platform: NodeJS.Platform,
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(variables.DISPLAY) || Boolean(variables.WAYLAND_DISPLAY);
}
