import { type X509Certificate } from 'node:crypto';
import { type Certificate } from '../../../shared/diagnose/facts.ts';
import { utcMs } from '../../../shared/time.ts';

const DAY_MS = 86_400_000;
const MOST = 10;

/** A server's certificate and those above it, as far as they are known. Who it was made for is not taken. */
export function chainOf(own: X509Certificate | undefined, now: number): Certificate[] {
  const chain: Certificate[] = [];
  const seen = new Set<string>();
  for (
    let one = own;
    one !== undefined && chain.length < MOST && !seen.has(one.fingerprint256);
    one = one.issuerCertificate
  ) {
    seen.add(one.fingerprint256);
    const notAfter = utcMs.safeParse(Date.parse(one.validTo));
    if (!notAfter.success) continue;
    const daysLeft = Math.floor((notAfter.data - now) / DAY_MS);
    chain.push({ issuer: nameOf(one.issuer), notAfter: notAfter.data, daysLeft });
  }
  return chain;
}

/** `CN=…` and `O=…` of a name that OpenSSL wrote one part a line; never an address of a person. */
function nameOf(issuer: string): string {
  const part = (name: string): string | undefined =>
    issuer
      .split('\n')
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  const text = [part('CN'), part('O')].filter((one) => one !== undefined).join(', ');
  return text.replaceAll(/[^\p{L}\p{N} .,()&'-]/gu, '?').slice(0, 100);
}
