import { answerTitle } from '../words.ts';
import { type CallRecord } from './record.ts';

/** The whole record as plain text. Corrections stay, between tildes, as on paper they are struck through. */
export function recordText({ title, call, began, content, lines, last }: CallRecord): string {
  return [
    `CALL RECORD: ${title}`,
    `Call ${call}, began ${began}, content ${content}`,
    '',
    ...lines.map(({ number, time, by, what, says, answer, struck }) => {
      const all = [answer === undefined ? '' : answerTitle(answer), says]
        .filter((part) => part !== '')
        .join(' · ');
      const text = all === '' ? what : `${what}: ${all}`;
      const shown = struck === undefined ? text : `~~${text}~~ (${struck})`;
      return `${String(number).padStart(4)}  ${time}  ${shown}  [${by}]`;
    }),
    '',
    ...(last === undefined
      ? []
      : [`Last event: ${last.stream} number ${last.seq}, hash ${last.hash ?? 'not sealed yet'}`]),
    '',
  ].join('\n');
}
