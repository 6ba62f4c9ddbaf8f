import { describe, expect, it } from 'vitest';
import { HIDDEN, lookBack } from '../../renderer/screens/derive/look-back.ts';
import { stageTitles } from '../../shared/exports/words.ts';
import { type CallEvent, happening } from '../../shared/events/event.ts';
import { content } from '../support/call-builder.ts';
import { playedCall, scriptNames } from '../support/played-call.ts';

/** No content id and no code looks like this: whatever takes it is a place where somebody types. */
const SECRET = 'Zed 77, Mill Lane';

/** The event with a secret in every place that takes any text, as its own schema says. */
function withSecrets(event: CallEvent): { readonly event: CallEvent; readonly places: number } {
  let held: unknown = { type: event.type, data: event.data };
  let places = 0;
  for (const path of textsOf(held, [])) {
    const next = put(held, path);
    if (!happening.safeParse(next).success) continue;
    held = next;
    places += 1;
  }
  const parsed = happening.parse(held);
  return { event: { ...event, ...parsed }, places };
}

function textsOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => textsOf(held, [...path, key]));
}

function put(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return SECRET;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? put(item, rest) : item));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: put(record[key], rest) };
}

describe('looking back at a call', () => {
  it.each(scriptNames)('%s: has every event in order, with its time and the stage it was in', (name) => {
    const { events, snapshot } = playedCall(name);
    const moments = lookBack(events, snapshot.context.picture, content, false);
    expect(moments.map(({ number }) => number)).toEqual(events.map((_, at) => at + 1));
    expect(moments.every(({ time }) => /^\d\d:\d\d/u.test(time))).toBe(true);
    let stage: string | undefined;
    for (const [at, event] of events.entries()) {
      if (event.type === 'stage.entered') stage = event.data.stage;
      expect(moments[at]?.stage).toBe(stage);
      if (event.type === 'stage.entered') expect(moments[at]?.which).toBe(stageTitles[event.data.stage]);
      if (event.type === 'note.added') expect(moments[at]?.says).toBe(event.data.text);
    }
  });

  it.each(scriptNames)('%s: with details hidden shows nothing that anybody typed or said', (name) => {
    const { events, snapshot } = playedCall(name);
    const secret = events.map(withSecrets);
    expect(secret.reduce((all, { places }) => all + places, 0)).toBeGreaterThan(0);
    const moments = lookBack(
      secret.map(({ event }) => event),
      snapshot.context.picture,
      content,
      true,
    );
    expect(JSON.stringify(moments)).not.toMatch(/Zed|77|Mill/u);
    expect(JSON.stringify(moments)).toContain(HIDDEN);
    for (const { author } of events) expect(JSON.stringify(moments)).not.toContain(author.id);
  });

  it('keeps what codes and content say when details are hidden: how a call went is what is learnt from', () => {
    const { events, snapshot } = playedCall('maya');
    const hidden = lookBack(events, snapshot.context.picture, content, true);
    const shown = lookBack(events, snapshot.context.picture, content, false);
    expect(hidden.map(({ what }) => what)).toEqual(shown.map(({ what }) => what));
    expect(hidden.map(({ answer }) => answer)).toEqual(shown.map(({ answer }) => answer));
    expect(hidden.map(({ ask }) => ask)).toEqual(shown.map(({ ask }) => ask));
  });
});
