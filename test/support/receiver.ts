import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import {
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
  type JWTPayload,
  SignJWT,
} from 'jose';

/** What came in, once its signature, its receiver and its digest had been found right. */
interface Received {
  readonly referral: string;
  readonly bundle: {
    readonly resourceType: string;
    readonly type: string;
    readonly entry: readonly unknown[];
  };
  readonly times: number;
}

/**
 * THE REFERENCE RECEIVER: a team's system as `hub/referrals/README.md` describes it, which shares no code with the hub. It
 * checks what the hub signs, knows a repetition, and signs its answers.
 */
export interface Receiver {
  readonly endpoint: string;
  readonly publicKey: JWK;
  /** Under which id the hub knows it: set after it was added there. */
  known(receiver: string, hubUrl: string): void;
  received(): readonly Received[];
  /** Requests that were not what they should be. */
  refused(): readonly string[];
  /** While set, every request is answered with it. */
  answerWith(status: number | undefined): void;
  token(referral: string, body: string, claims?: JWTPayload): Promise<string>;
  answer(referral: string, answer: object): Promise<{ readonly status: number; readonly body: unknown }>;
  close(): Promise<void>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export async function startReceiver(): Promise<Receiver> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const received = new Map<string, Received>();
  const refused: string[] = [];
  let forced: number | undefined;
  let own = '';
  let hub = '';

  const server = createServer((request, response) => {
    void take(request).then((status) => response.writeHead(status).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function take(request: IncomingMessage): Promise<number> {
    const body = await textOf(request);
    if (forced !== undefined) return forced;
    try {
      const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
      const keys = createRemoteJWKSet(new URL(`${hub}/v1/referrals/keys`));
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA'],
        issuer: 'lantern-hub',
        audience: 'lantern-receiver',
      });
      const referral = request.headers['idempotency-key'];
      if (payload['to'] !== own) throw new Error('it is for another receiver');
      if (payload['sha256'] !== sha256(body)) throw new Error('the body is not the one that was signed');
      if (typeof referral !== 'string' || payload.sub !== referral) throw new Error('it names no referral');
      const times = (received.get(referral)?.times ?? 0) + 1;
      received.set(referral, { referral, bundle: JSON.parse(body) as Received['bundle'], times });
      return 202;
    } catch (error) {
      refused.push(error instanceof Error ? error.message : 'not an error');
      return 401;
    }
  }

  async function token(referral: string, body: string, claims: JWTPayload = {}): Promise<string> {
    const iat = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: own,
      sub: own,
      aud: 'lantern-referral-answer',
      jti: randomUUID(),
      iat,
      exp: iat + 60,
      ref: referral,
      sha256: sha256(body),
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(privateKey);
  }

  return {
    endpoint: `http://127.0.0.1:${port}/referrals`,
    publicKey: await exportJWK(publicKey),
    known(receiver, hubUrl) {
      own = receiver;
      hub = hubUrl;
    },
    received: () => [...received.values()],
    refused: () => refused,
    answerWith: (status) => (forced = status),
    token,
    async answer(referral, answer) {
      const body = JSON.stringify({ v: 1, answer });
      const response = await fetch(`${hub}/v1/referrals/${referral}/answer`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await token(referral, body)}`,
        },
        body,
      });
      return { status: response.status, body: (await response.json()) as unknown };
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
