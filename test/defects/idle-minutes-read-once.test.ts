import { expect, it } from 'vitest';
import { createSessionLine } from '../../renderer/call/session-line.ts';
import { type Bridge } from '../../renderer/bridge/lasting-bridge.ts';
import { ok } from '../../shared/result.ts';
import { type Session } from '../../shared/bridge/session.ts';

// The minutes until the idle lock were read when the window opened and never again, though the policy's reference says that a
// change of them takes effect at once: a desk that was left open for days kept the old ones.

const session: Session = {
  person: { id: 'p', name: 'P', role: 'adviser' },
  kind: 'account',
  roles: ['adviser'],
};

it('the minutes until the idle lock follow a policy that changes under an open window', async () => {
  let idleLockMinutes = 10;
  let changed: () => void = () => undefined;
  const bridge = {
    call: (method: string) =>
      Promise.resolve(
        ok(
          method === 'session.ways'
            ? { kind: 'account', issuer: 'x', idleLockMinutes, offline: 'never' }
            : { session },
        ),
      ),
    on(name: string, listener: () => void) {
      if (name === 'policy.changed') changed = listener;
      return () => undefined;
    },
    onOpen: () => undefined,
  } as unknown as Bridge;
  const line = await createSessionLine(
    bridge,
    session,
    () => undefined,
    () => undefined,
  );
  expect(line.idleMinutes()).toBe(10);
  idleLockMinutes = 2;
  changed();
  await expect.poll(() => line.idleMinutes()).toBe(2);
});
