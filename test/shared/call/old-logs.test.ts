import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { answersTo } from '../../../shared/call/facts.ts';
import { conversationOf, replay } from '../../../shared/call/replay.ts';
import { contentByVersion, contentVersions } from '../../../shared/content/packs.ts';
import { verifyChain } from '../../../shared/events/chain.ts';
import { envelope, understand } from '../../../shared/events/event.ts';
import { digest } from '../../support/digest.ts';

/**
 * Calls as they were written by earlier versions of the program and of the content. They are never written again:
 * a record must be readable for as long as it is kept. A new version adds its own.
 */
const folder = join(import.meta.dirname, 'logs');
const files = readdirSync(folder);

it.each(files)('%s still replays to the same end, with its chain whole', async (file) => {
  const stored = z.array(envelope).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  expect(await verifyChain(stored, digest)).toEqual([]);
  const events = stored.map((item) => {
    const known = understand(item);
    if (!known.ok) throw new Error(`${item.type}: ${known.error.problem.message}`);
    return known.value;
  });
  const content = contentByVersion(stored[0]?.content ?? '');
  if (content === undefined) throw new Error('this build no longer carries the content of that call');
  const { snapshot, refused } = replay(events, content);
  expect(refused).toEqual([]);
  expect(conversationOf(snapshot)).toBe('closed');
  expect(answersTo(snapshot.context.picture, 'S1').length).toBeGreaterThan(0);
});

it('every pack that this build carries is sound, though an earlier one is read only when a call of it is', () => {
  const versions = contentVersions();
  expect(versions.map((version) => contentByVersion(version)?.manifest.version)).toEqual(versions);
});

it('there is a log of every version of content that this build carries', () => {
  const versions = contentVersions();
  expect(versions.filter((version) => !files.some((file) => file.startsWith(`${version}-`)))).toEqual([]);
});
