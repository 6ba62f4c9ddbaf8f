import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { v7 } from 'uuid';
import { uuid } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type PublicKeyJwk, publicKeyJwk } from '../../shared/sync/protocol.ts';
import { changeReceiverKey, endReceiver, insertReceiver, listReceivers } from '../db/receiver-rows.ts';
import { type Command, type CommandCall, type CommandEnd, wrong } from './command.ts';

const text = { type: 'string' } as const;
const day = (at: number | null): string => (at === null ? '-' : new Date(at).toISOString().slice(0, 10));

/**
 * The teams that take hand-overs through the hub. One with a system brings its address and its public key (Ed25519, a JWK in
 * a file); one without answers on the hub's page. With `rekey` a team gets another key, and the one before counts for some days
 * more; with `--days 0`, after a key was lost, from now on no more. Ended, a team gets nothing more, and what it signs counts no more.
 */
export const receivers: Command = {
  usage:
    'list | add --name NAME [--ods CODE] [--endpoint URL --key FILE] | rekey RECEIVER --key FILE [--days N] | end RECEIVER',
  async run(call) {
    const { positionals, values } = parseArgs({
      args: [...call.args],
      allowPositionals: true,
      options: { name: text, ods: text, endpoint: text, key: text, days: text },
    });
    const [what = 'list', id] = positionals;
    if (what === 'list') return list(call);
    if (what === 'add') return add(call, values);
    if (what === 'rekey') return rekey(call, id, values);
    if (what !== 'end') return wrong('argument', 'must be list, add, rekey or end');
    const receiver = uuid.safeParse(id);
    if (!receiver.success || !(await endReceiver(call.pool, receiver.data, call.now)))
      return wrong('RECEIVER', 'must be the id of a team that is listed by "receivers"');
    call.say(`${receiver.data} takes no referrals any more`);
    return ok('well');
  },
};

async function list({ pool, say }: CommandCall): Promise<Result<CommandEnd, Problem>> {
  const found = await listReceivers(pool);
  for (const { id, name, how, endpoint, endedAt } of found)
    say(`${id}  ${how === 'page' ? 'on the page' : (endpoint ?? '')}  ended ${day(endedAt)}  ${name}`);
  say(`${found.length} receivers`);
  return ok('well');
}

/** How long both keys count, unless the command says (days), and at most. */
const BOTH_DAYS = 7;
const MOST_DAYS = 90;
const DAY_MS = 24 * 60 * 60_000;

async function rekey(
  { pool, say, now }: CommandCall,
  id: string | undefined,
  { key, days: given = String(BOTH_DAYS) }: { readonly key?: string; readonly days?: string },
): Promise<Result<CommandEnd, Problem>> {
  const days = /^\d{1,2}$/.test(given) ? Number(given) : Infinity;
  if (days > MOST_DAYS) return wrong('--days', `must be how many days the old key counts, 0 to ${MOST_DAYS}`);
  if (key === undefined) return wrong('--key', 'must name a file with a public Ed25519 key as a JWK');
  const publicKey = await keyIn(key);
  if (!publicKey.ok) return publicKey;
  const receiver = uuid.safeParse(id);
  const until = now + days * DAY_MS;
  if (!receiver.success || !(await changeReceiverKey(pool, receiver.data, publicKey.value, until)))
    return wrong('RECEIVER', 'must be the id of a team with a system that is listed by "receivers"');
  say(`${receiver.data} signs with the new key; the old one counts until ${new Date(until).toISOString()}`);
  return ok('well');
}

interface Given {
  readonly name?: string;
  readonly ods?: string;
  readonly endpoint?: string;
  readonly key?: string;
}

async function add(
  { pool, say, now }: CommandCall,
  { name: given, ods, endpoint, key }: Given,
): Promise<Result<CommandEnd, Problem>> {
  const name = given?.trim() ?? '';
  if (name === '' || name.length > 300) return wrong('--name', 'must be what the team is called');
  if (ods !== undefined && !/^[A-Z0-9]{3,12}$/.test(ods)) return wrong('--ods', 'must be an ODS code');
  if ((endpoint === undefined) !== (key === undefined))
    return wrong('--endpoint', 'and --key come together: without both the team answers on the page');
  const id = v7();
  const row = { id, name, ods: ods ?? null, addedAt: now };
  if (endpoint === undefined || key === undefined) {
    await insertReceiver(pool, { ...row, how: 'page', endpoint: null, publicKey: null });
  } else {
    const address = addressOf(endpoint);
    if (address === undefined)
      return wrong(
        '--endpoint',
        'must be an https:// address without a password (http:// for this computer)',
      );
    const publicKey = await keyIn(key);
    if (!publicKey.ok) return publicKey;
    await insertReceiver(pool, { ...row, how: 'system', endpoint: address, publicKey: publicKey.value });
  }
  say(id);
  return ok('well');
}

/** What callers said goes to this address: never in the clear over a network. */
function addressOf(given: string): string | undefined {
  const url = URL.parse(given);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url.href : undefined;
}

async function keyIn(file: string): Promise<Result<PublicKeyJwk, Problem>> {
  try {
    const { kty, crv, x } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const parsed = publicKeyJwk.safeParse({ kty, crv, x });
    if (parsed.success) return ok(parsed.data);
  } catch {
    // Not there, or not JSON: the same thing to whoever named it.
  }
  return wrong('--key', 'must name a file with a public Ed25519 key as a JWK');
}
