import { z } from 'zod';
import { type IdSource } from '../../ids.ts';
import { type Attempt } from '../attempt/attempt.ts';
import { PRACTICE_ROW } from '../mark.ts';
import { type Debrief } from './debrief-types.ts';

/** Nobody’s: a name that can never be reached (RFC 2606). Verbs and ids only have to be unique. */
const BASE = 'https://lantern.invalid/training';
const ATTEMPTED = 'http://adlnet.gov/expapi/verbs/attempted';

/** In every statement. */
const PLATFORM = `Lantern ${PRACTICE_ROW}` as const;

const iri = z.url();
const languageMap = z.record(z.string(), z.string());

/**
 * An xAPI 1.0.3 statement as far as we write one. `result` has no score and no success: those are a person’s to say, and
 * no person says them here.
 */
export const xapiStatement = z.strictObject({
  id: z.uuid(),
  actor: z.strictObject({
    objectType: z.literal('Agent'),
    name: z.string(),
    account: z.strictObject({ homePage: iri, name: z.string() }),
  }),
  verb: z.strictObject({ id: iri, display: languageMap }),
  object: z.strictObject({
    objectType: z.literal('Activity'),
    id: iri,
    definition: z.strictObject({ name: languageMap, type: iri }),
  }),
  result: z.strictObject({ response: z.string(), duration: z.iso.duration() }).exactOptional(),
  context: z.strictObject({
    platform: z.literal(PLATFORM),
    registration: z.uuid(),
    extensions: z.record(iri, z.string()),
  }),
  timestamp: z.iso.datetime(),
});
export type XapiStatement = z.infer<typeof xapiStatement>;

/** A statement for the attempt and one for each expectation. The actor is the pseudonym; nothing of the call’s words is in it. */
export function xapiStatements(attempt: Attempt, debrief: Debrief, ids: IdSource): readonly XapiStatement[] {
  const script = `${BASE}/scripts/${attempt.script.id}`;
  const statement = (
    verb: XapiStatement['verb'],
    object: { readonly id: string; readonly name: string; readonly type: string },
    callMs: number,
    response: string,
  ): XapiStatement => ({
    id: ids.next(),
    actor: {
      objectType: 'Agent',
      name: attempt.trainee,
      account: { homePage: BASE, name: attempt.trainee },
    },
    verb,
    object: {
      objectType: 'Activity',
      id: object.id,
      definition: { name: { 'en-GB': object.name }, type: object.type },
    },
    result: { response, duration: durationOf(callMs) },
    context: {
      platform: PLATFORM,
      registration: attempt.id,
      extensions: {
        [`${BASE}/extensions/mode`]: attempt.mode,
        [`${BASE}/extensions/contentVersion`]: attempt.contentVersion,
        [`${BASE}/extensions/scriptHash`]: attempt.scriptHash,
      },
    },
    timestamp: new Date(attempt.startedAt + callMs).toISOString(),
  });
  return [
    statement(
      { id: ATTEMPTED, display: { 'en-GB': 'attempted' } },
      { id: script, name: attempt.script.title, type: 'http://adlnet.gov/expapi/activities/simulation' },
      debrief.lastsMs,
      `ending: ${debrief.ending.fits}`,
    ),
    ...debrief.expectations.map(({ id, expect, result, callMs, why }) =>
      statement(
        { id: `${BASE}/verbs/${result}`, display: { 'en-GB': VERBS[result] } },
        {
          id: `${script}/expectations/${id}`,
          name: expect,
          type: 'http://adlnet.gov/expapi/activities/objective',
        },
        callMs ?? debrief.lastsMs,
        why,
      ),
    ),
  ];
}

const VERBS = { met: 'met', missed: 'missed', notReached: 'did not reach' } as const;

/** ISO 8601, to a hundredth of a second. */
const durationOf = (ms: number): string => `PT${(ms / 1000).toFixed(2)}S`;
