import { X509Certificate } from 'node:crypto';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';

export interface Authorities {
  /** PEM, one certificate each. */
  readonly certificates: readonly string[];
  /** Sentences for the screen. */
  readonly notices: readonly string[];
}

const MOST_BYTES = 1_000_000;
const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The organisation's own certificate authorities, from the file that the policy's `caFile` names. They come beside the
 * system's. One that cannot be used is said on screen: the desk goes on, and trusts nobody more than without it.
 */
export async function configuredAuthorities(
  path: string | undefined,
  disk: Pick<Disk, 'read'>,
  log: Log,
): Promise<Authorities> {
  if (path === undefined) return { certificates: [], notices: [] };
  const read = await readAuthorities(path, disk);
  if (typeof read !== 'string') return { certificates: read, notices: [] };
  log.error({ code: 'authorities.refused', field: 'caFile', message: read });
  const notice = `The organisation’s certificate file ${read}. Lantern works, but may not trust the hub until IT has mended it.`;
  return { certificates: [], notices: [notice] };
}

/** The certificates, or what is wrong with the file. */
async function readAuthorities(path: string, disk: Pick<Disk, 'read'>): Promise<readonly string[] | string> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await disk.read(path);
  } catch (error) {
    return `cannot be read (${causeOf(error)})`;
  }
  if (bytes === undefined) return 'is not there';
  if (bytes.length > MOST_BYTES) return 'is too long';
  const blocks = Buffer.from(bytes).toString('utf8').match(BLOCK) ?? [];
  if (blocks.length === 0) return 'holds no certificate (PEM)';
  return blocks.every(isAuthority) ? blocks : 'holds something that is not the certificate of an authority';
}

function isAuthority(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    // Not a certificate: said with the file.
    return false;
  }
}
