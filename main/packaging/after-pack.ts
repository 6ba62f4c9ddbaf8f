import { join } from 'node:path';
import { flipFuses } from '@electron/fuses';
import { fuseConfig } from '../services/hardening/fuses.ts';

/** The part of electron-builder's context that is read here. */
export interface PackContext {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    readonly executableName?: string;
  };
}

/** Electron's binary among what was packed, before anything is signed. */
export function binaryOf({ appOutDir, electronPlatformName, packager }: PackContext): string {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'win32') return join(appOutDir, `${name}.exe`);
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`);
  return join(appOutDir, packager.executableName ?? name);
}

/** Called by electron-builder (electron-builder.yml, afterPack). Throws when a fuse is missing, and the packing fails. */
export async function afterPack(context: PackContext): Promise<void> {
  await flipFuses(binaryOf(context), fuseConfig());
}
