import { type Answer, fieldOf, mannerNow } from '../call/facts.ts';
import { lastOf, type Picture } from '../call/picture.ts';
import { type Content } from '../content/schema.ts';
import { isolated } from '../typed.ts';
import { eventTime } from './event-time.ts';
import { channelTitles, type SaidBy, saidByTitles } from './words.ts';

/** Who the call is about, as far as anybody has said. Missing means not known; nothing is filled in. */
export interface Person {
  readonly name: string | undefined;
  readonly age: string | undefined;
  readonly about: 'self' | 'someoneElse' | 'professional' | undefined;
  readonly number: string | undefined;
  readonly safeToRing: string | undefined;
  readonly where: string | undefined;
  readonly saidBack: boolean;
}

export function personOf(picture: Picture, content: Content): Person {
  const { landmarks } = content;
  const at = (place: { question: string; field: string }): string | undefined =>
    fieldOf(picture, place.question, place.field);
  const { question, years, band } = landmarks.age;
  const age = fieldOf(picture, question, years);
  const about = at(landmarks.aboutWhom);
  return {
    name: at(landmarks.name),
    age: age ?? optionLabel(content, question, band, fieldOf(picture, question, band))?.toLowerCase(),
    about: about === 'self' || about === 'someoneElse' || about === 'professional' ? about : undefined,
    number: at(landmarks.number) ?? lastOf(picture, 'call.offered')?.data.number,
    safeToRing: at(landmarks.safeToRing),
    where: at(landmarks.whereNow),
    saidBack: at(landmarks.saidBack) === 'yes',
  };
}

/** A choice's label; the value itself where content no longer has it. */
export function optionLabel(
  content: Content,
  question: string,
  field: string,
  code: string | undefined,
): string | undefined {
  if (code === undefined) return undefined;
  const options = content.question(question)?.fields?.find((item) => item.id === field)?.options;
  return options?.find((option) => option.code === code)?.label ?? code;
}

export const nameOf = (person: Person): string => person.name ?? 'Name not known';
export const nameAndAge = (person: Person): string =>
  `${isolated(nameOf(person))}${person.age === undefined ? '' : `, ${person.age}`}`;

const ABOUT = {
  self: 'about themself',
  someoneElse: 'about somebody else',
  professional: 'a professional is calling',
};

export const aboutText = (person: Person): string =>
  person.about === undefined ? 'not yet known about whom' : ABOUT[person.about];

/** "about themself · phone" */
export const aboutAndChannel = (person: Person, picture: Picture): string =>
  `${aboutText(person)} · ${channelTitles[mannerNow(picture).channel]}`;

export function safeToRingText(person: Person): string {
  if (person.number === undefined) return 'to ring back';
  if (person.safeToRing === 'yes') return 'safe to ring';
  return person.safeToRing === 'no' ? 'not safe to ring' : 'not known if safe to ring';
}

/** Whose account it is. In a call about the caller themself, person and caller are one. */
export const sourceText = (saidBy: SaidBy, about: Person['about']): string =>
  saidByTitles[saidBy === 'caller' && about === 'self' ? 'person' : saidBy];

/** "reported by the caller 14:02": every fact carries it. */
export const saidWhen = (answer: Answer, about: Person['about'], picture: Picture): string =>
  `${sourceText(answer.data.saidBy, about)} ${eventTime(picture, answer)}`;
