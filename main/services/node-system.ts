import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { type Digest, type IdSource } from '../../shared/ids.ts';
import { type Clock, type Timers } from '../../shared/time.ts';

/** Node's own clock, timers, ids and digest: the same in both hosts. */
export const systemClock: Clock = { now: () => Date.now() };

export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export const uuidSource: IdSource = { next: () => v7() };

export const sha256: Digest = (text) =>
  Promise.resolve(createHash('sha256').update(text, 'utf8').digest('hex'));
