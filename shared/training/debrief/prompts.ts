import { clockText } from '../script/values.ts';
import {
  type CriticalResult,
  type Debrief,
  type ExpectationResult,
  type FactResult,
} from './debrief-types.ts';

const MOST = 6;

/**
 * Evidence put as open questions, for two people to find two strengths and two changes in. It chooses none of them, and
 * says of nobody how good they are.
 */
export function promptsOf(
  expectations: readonly ExpectationResult[],
  criticalFails: readonly CriticalResult[],
  facts: readonly FactResult[],
): Debrief['prompts'] {
  const at = (callMs: number | undefined): string => (callMs === undefined ? '' : ` at ${clockText(callMs)}`);
  return {
    strengths: [
      ...expectations
        .filter(({ result }) => result === 'met')
        .map(({ expect, callMs }) => `${named(expect)}${at(callMs)}. What made that possible?`),
      ...facts
        .filter(({ result }) => result === 'recorded')
        .map(({ fact, heardMs }) => `“${fact}” was heard${at(heardMs)}. How was it asked?`),
    ].slice(0, MOST),
    changes: [
      ...criticalFails
        .filter(({ seen }) => seen)
        .map(({ what, callMs }) => `${named(what)}${at(callMs)}. What led there?`),
      ...expectations
        .filter(({ result }) => result === 'missed')
        .map(({ expect, why }) => `${named(expect)}. ${why} What was in the way?`),
      ...facts
        .filter(({ result }) => result === 'notHeard')
        .map(({ fact }) => `“${fact}” was never heard. What could have been asked?`),
      ...facts
        .filter(({ result }) => result === 'assumed')
        .map(({ fact }) => `“${fact}” is in the record, though nobody said it. Where did it come from?`),
      ...facts
        .filter(({ result }) => result === 'heardNotRecorded' || result === 'recordedOtherwise')
        .map(({ fact }) => `“${fact}” was said and is not in the record like that. What happened to it?`),
    ].slice(0, MOST),
  };
}

const named = (sentence: string): string => `“${sentence.endsWith('.') ? sentence.slice(0, -1) : sentence}”`;
