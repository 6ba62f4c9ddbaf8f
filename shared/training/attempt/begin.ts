import { canonicalJson } from '../../canonical.ts';
import { type Digest, type Sha256Hex } from '../../ids.ts';
import { type TrainingScript } from '../script/schema.ts';
import { type Attempt, ATTEMPT_FORMAT } from './attempt.ts';

/** What two attempts at the same script share: any change of a word is another. */
export const hashOfScript = (script: TrainingScript, digest: Digest): Promise<Sha256Hex> =>
  digest(canonicalJson(script));

type Beginning = Pick<
  Attempt,
  'id' | 'trainee' | 'mode' | 'script' | 'contentVersion' | 'seed' | 'startedAt'
>;

/** An attempt before its call: script, rubric and content version are fixed from here on. Call and logs are added later. */
export async function beginAttempt(beginning: Beginning, digest: Digest): Promise<Omit<Attempt, 'call'>> {
  return {
    format: ATTEMPT_FORMAT,
    ...beginning,
    scriptHash: await hashOfScript(beginning.script, digest),
    events: [],
    run: [],
    markings: [],
  };
}
