import { parseArgs } from 'node:util';
import { deskId, streamId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { acceptCode, listDesks, readDesk, revokeDesk } from '../db/desk-rows.ts';
import { inTransaction } from '../db/pool.ts';
import { lockOwner, transferStream } from '../db/transfer-rows.ts';
import { sha256 } from '../digest.ts';
import { type Command, wrong } from './command.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const CODE_DAYS = 1;
const day = (at: number | null): string => (at === null ? '-' : new Date(at).toISOString().slice(0, 10));

/** Prints a code that enrols one desk. It is kept only as its hash: this is the one time it can be read. */
export const enrolCode: Command = {
  usage: '[--for DESK] [--code-days N] [--enrols-for-days N]',
  async run({ pool, args, now, say, randomCode }) {
    const options = {
      for: { type: 'string' },
      'code-days': { type: 'string' },
      'enrols-for-days': { type: 'string' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const days = (text: string | undefined): number | undefined =>
      text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
    for (const name of ['code-days', 'enrols-for-days'] as const) {
      if (values[name] !== undefined && days(values[name]) === undefined)
        return wrong(`--${name}`, 'must be a number of days from 1 to 9999');
    }
    const desk = deskId.safeParse(values.for);
    if (values.for !== undefined && (!desk.success || (await readDesk(pool, desk.data)) === undefined))
      return wrong('--for', 'must be the id of a desk that is listed by "desks"');
    const code = randomCode();
    const expiresAt = now + (days(values['code-days']) ?? CODE_DAYS) * DAY_MS;
    const enrolsForDays = days(values['enrols-for-days']);
    await acceptCode(pool, sha256(code), expiresAt, {
      forDesk: desk.data ?? null,
      enrolsForMs: enrolsForDays === undefined ? null : enrolsForDays * DAY_MS,
    });
    say(code);
    return ok('well');
  },
};

/** Lists every desk: id, since when, until when, revoked when, how many streams, its name. */
export const desks: Command = {
  usage: '',
  async run({ pool, say }) {
    const found = await listDesks(pool);
    for (const { id, name, enrolledAt, expiresAt, revokedAt, streams } of found) {
      say(
        `${id}  enrolled ${day(enrolledAt)}  ends ${day(expiresAt)}  revoked ${day(revokedAt)}  ` +
          `${streams} streams  ${name}`,
      );
    }
    say(`${found.length} desks`);
    return ok('well');
  },
};

/** From now on nothing signed by the desk is accepted. Its events stay, and wait there until it is enrolled again. */
export const revoke: Command = {
  usage: 'DESK',
  async run({ pool, args, now, say }) {
    const desk = deskId.safeParse(args[0]);
    if (!desk.success || !(await revokeDesk(pool, desk.data, now)))
      return wrong('DESK', 'must be the id of a desk that is listed by "desks"');
    say(`${desk.data} is revoked`);
    return ok('well');
  },
};

/** Gives a stream to another desk, for a PC whose old key is lost. Written down as an administrator's act. */
export const releaseStream: Command = {
  usage: 'STREAM DESK',
  async run({ pool, args, now, say }) {
    const stream = streamId.safeParse(args[0]);
    const desk = deskId.safeParse(args[1]);
    if (!stream.success) return wrong('STREAM', 'must be the id of a stream');
    if (!desk.success || (await readDesk(pool, desk.data)) === undefined)
      return wrong('DESK', 'must be the id of a desk that is listed by "desks"');
    const to = desk.data;
    return inTransaction(pool, async (client) => {
      const from = await lockOwner(client, stream.data);
      if (from === undefined) return wrong('STREAM', 'is not a stream this hub has');
      if (from !== to)
        await transferStream(client, { stream: stream.data, from, to, at: now, how: 'administrator' });
      say(`${stream.data} belongs to ${to}`);
      return ok('well');
    });
  },
};
