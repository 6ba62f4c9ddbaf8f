import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createBridgeClient } from '../../shared/bridge/client.ts';
import { pairedTransport } from '../support/paired-transport.ts';
import { realDesk } from '../contract/support/real-desk.ts';
import { DOORS } from './doors.ts';
import { anyInput, asText, POLLUTERS } from './inputs.ts';
import { AT_SOCKETS, CASES, FRAMES, pollution, seed } from './share.ts';

const EACH = Math.ceil((CASES - FRAMES - AT_SOCKETS) / DOORS.length);
let counted = 0;

afterAll(() => console.log(`fuzz: ${counted} cases at ${DOORS.length + 1} doors, seed ${seed}`));

/** As JSON.parse gives it at the other end; text that is no JSON stays text. */
function wired(sent: unknown): unknown {
  try {
    return JSON.parse(asText(sent));
  } catch {
    return asText(sent);
  }
}

const unchanged = (): void => expect(pollution()).toEqual([]);

describe('whatever comes', () => {
  test.each(DOORS.map((door) => [door.name, door] as const))(
    'at %s is read or refused, and changes nothing around it',
    async (_name, { read }) => {
      await fc.assert(
        fc.asyncProperty(anyInput, async (input) => {
          counted += 1;
          await read(input);
        }),
        { numRuns: EACH, seed },
      );
      unchanged();
    },
    600_000,
  );

  test.each(DOORS.map((door) => [door.name, door] as const))(
    'that would change what every object is made of changes nothing at %s',
    async (_name, { read }) => {
      for (const text of POLLUTERS) {
        counted += 1;
        const input: unknown = JSON.parse(text);
        await read(input);
        await read([input]);
        await read({ v: 1, kind: 'call', id: 1, method: 'settings.set', input });
      }
      unchanged();
    },
  );

  test('to a whole desk is answered or reported by code, never thrown, and the desk is still up', async () => {
    const { connect, log } = await realDesk();
    const line = pairedTransport();
    connect(line.main);
    const methods = fc.constantFrom(
      'drafts.save',
      'journal.append',
      'place.find',
      'settings.set',
      'session.begin',
    );
    const frame = fc.oneof(
      anyInput,
      fc.record({
        v: fc.constant(1),
        kind: fc.constant('call'),
        id: fc.integer(),
        method: methods,
        input: anyInput,
      }),
    );
    await fc.assert(
      fc.asyncProperty(frame, async (sent) => {
        counted += 1;
        // As it comes off a wire: what is no JSON is answered by the transport already.
        line.window.send(wired(sent));
        if (counted % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      }),
      { numRuns: FRAMES, seed },
    );
    const after = pairedTransport();
    connect(after.main);
    const client = createBridgeClient(after.window, () => undefined);
    expect(await client.call('host.describe', {})).toMatchObject({ ok: true });
    unchanged();
    // Codes and fields of our own: nothing that was sent.
    for (const { code } of log.entries) expect(code).toMatch(/^[a-z][A-Za-z]*\.[a-zA-Z]+$/);
    expect(JSON.stringify(log.entries)).not.toContain('passwd');
  }, 600_000);
});
