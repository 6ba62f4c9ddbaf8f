import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, both PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority extends Certified {
  /** A server's certificate for these names and addresses; `until` is when it ends. */
  issue(names: readonly string[], until?: Date): Certified;
}

const DAY_MS = 86_400_000;

/** An authority of a test's own, made here: nothing of it is on the disk, and no program but Node is needed. */
export function testAuthority(name = 'Wexshire test authority'): TestAuthority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const until = new Date(Date.now() + DAY_MS);
  const cert = certificate({
    subject: name,
    issuer: name,
    until,
    key: own.publicKey,
    signedBy: own.privateKey,
  });
  return {
    cert,
    key: pem(own.privateKey),
    issue(names, ends = until) {
      const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const made = certificate({
        subject: names[0] ?? 'nobody',
        issuer: name,
        until: ends,
        key: server.publicKey,
        signedBy: own.privateKey,
        names,
      });
      return { cert: made, key: pem(server.privateKey) };
    },
  };
}

const pem = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }));

// DER, as far as a certificate of RFC 5280 needs it.
const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => tlv(0x06, Buffer.from(bytes));
const bits = (bytes: Uint8Array): Buffer => tlv(0x03, Buffer.from([0]), bytes);
const time = (date: Date): Buffer =>
  tlv(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`));
const nameOf = (text: string): Buffer =>
  sequence(tlv(0x31, sequence(oid(0x55, 0x04, 0x03), tlv(0x0c, Buffer.from(text)))));
const YES = tlv(0x01, Buffer.from([0xff]));
const ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
const SUBJECT_ALT_NAME = oid(0x55, 0x1d, 0x11);

function certificate(of: {
  readonly subject: string;
  readonly issuer: string;
  readonly until: Date;
  readonly key: KeyObject;
  readonly signedBy: KeyObject;
  /** Absent: an authority. */
  readonly names?: readonly string[];
}): string {
  const { names } = of;
  const extension =
    names === undefined
      ? sequence(BASIC_CONSTRAINTS, YES, tlv(0x04, sequence(YES)))
      : sequence(SUBJECT_ALT_NAME, tlv(0x04, sequence(...names.map(altName))));
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([0x01]), randomBytes(8)),
    ECDSA_WITH_SHA256,
    nameOf(of.issuer),
    sequence(time(new Date(of.until.getTime() - 30 * DAY_MS)), time(of.until)),
    nameOf(of.subject),
    of.key.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', body, createPrivateKey(pem(of.signedBy)));
  const der = sequence(body, ECDSA_WITH_SHA256, bits(signature)).toString('base64');
  const lines = der.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** IPv4 addresses by their bytes, everything else as a DNS name. */
const altName = (name: string): Buffer =>
  /^\d+(?:\.\d+){3}$/.test(name)
    ? tlv(0x87, Buffer.from(name.split('.').map(Number)))
    : tlv(0x82, Buffer.from(name));
