import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses';

/** A fuse of Electron's binary: how it is set, and why. */
export interface Fuse {
  readonly on: boolean;
  readonly why: string;
}

/**
 * EVERY fuse there is, by Electron's own list: a new one is missing here and does not compile. Flipped into the binary before
 * it is signed, so that nobody at the PC can turn it back.
 */
export const fuses: Readonly<Record<FuseV1Options, Fuse>> = {
  [FuseV1Options.RunAsNode]: { on: false, why: 'the signed program must not run anybody’s script' },
  [FuseV1Options.EnableCookieEncryption]: { on: true, why: 'whatever Chromium keeps is under the key store' },
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: {
    on: false,
    why: 'a variable must not load code or a certificate into the program',
  },
  [FuseV1Options.EnableNodeCliInspectArguments]: {
    on: false,
    why: 'a debugger would read calls and keys in memory',
  },
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: {
    on: true,
    why: 'a changed app.asar does not start (Windows, macOS)',
  },
  [FuseV1Options.OnlyLoadAppFromAsar]: { on: true, why: 'a folder beside the archive is not the program' },
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: {
    on: false,
    why: 'there is no such snapshot of ours; a foreign one is not loaded',
  },
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: {
    on: false,
    why: 'the window is served by app://, never by file://',
  },
  [FuseV1Options.WasmTrapHandlers]: {
    on: true,
    why: 'Electron’s default; no memory check is given up by it',
  },
};

export type FuseName = keyof typeof FuseV1Options;
const isFuse = (value: unknown): value is FuseV1Options => typeof value === 'number';
export const fuseNames = Object.values(FuseV1Options)
  .filter(isFuse)
  .map((fuse) => FuseV1Options[fuse] as FuseName);

export const isFuseOn = (name: FuseName): boolean => fuses[FuseV1Options[name]].on;

/** What `flipFuses` takes. `strictlyRequireAllFuses` fails the packing when the binary has one more. */
export function fuseConfig(): FuseConfig {
  const on = (fuse: FuseV1Options): boolean => fuses[fuse].on;
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: false,
    [FuseV1Options.RunAsNode]: on(FuseV1Options.RunAsNode),
    [FuseV1Options.EnableCookieEncryption]: on(FuseV1Options.EnableCookieEncryption),
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: on(
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    ),
    [FuseV1Options.EnableNodeCliInspectArguments]: on(FuseV1Options.EnableNodeCliInspectArguments),
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on(
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    ),
    [FuseV1Options.OnlyLoadAppFromAsar]: on(FuseV1Options.OnlyLoadAppFromAsar),
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: on(
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    ),
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    [FuseV1Options.WasmTrapHandlers]: on(FuseV1Options.WasmTrapHandlers),
  };
}
