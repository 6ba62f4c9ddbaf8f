import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { conversationOf, startCall, step } from '../../../shared/call/replay.ts';
import { lastOf, refOf } from '../../../shared/call/picture.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { readScript } from '../../simulate/script.ts';
import { answered, callOn, content, offered } from '../../support/call-builder.ts';

const folder = join(import.meta.dirname, '../../simulate/scripts');

it.each(readdirSync(folder))(
  '%s runs through the machine without one refusal and ends as written',
  (file) => {
    const script = readScript(join(folder, file));
    if (!script.ok) throw new Error(`${script.error.field}: ${script.error.message}`);
    const make = callOn();
    let snapshot = startCall(content);
    const take = (happening: Happening): void => {
      const next = step(snapshot, make(happening), content);
      expect(next.allowed ? '' : `${happening.type}: ${next.why}`).toBe('');
      snapshot = next.snapshot;
    };
    take(offered);
    take(answered);
    for (const item of script.value.steps) {
      if ('record' in item) take(item.record);
      if (!('acknowledge' in item)) continue;
      const sent = lastOf(snapshot.context.picture, 'handover.sent');
      if (sent === undefined) throw new Error('nothing was handed over');
      take({ type: 'handover.acknowledged', data: { handover: refOf(sent), ...item.acknowledge } });
    }
    expect(conversationOf(snapshot)).toBe('closed');
    expect(lastOf(snapshot.context.picture, 'call.closed')?.data.outcome).toBe(script.value.endsWith);
  },
);
