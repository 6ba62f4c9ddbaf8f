import { quoted } from '../words.ts';
import { lineText, type Sbar } from './model.ts';

/** The hand-over as plain text, for a message or a file that a machine does not read. */
export function sbarText({ to, sharing, sections, leftOut }: Sbar): string {
  return [
    `HAND-OVER TO: ${to}`,
    sharing.say,
    ...(sharing.keptBack === undefined ? [] : [`What they said about sharing: ${quoted(sharing.keptBack)}`]),
    ...sections.flatMap(({ title, lines }) => [
      '',
      title.toUpperCase(),
      ...lines.map((line) => `- ${line.label}: ${lineText(line)}`),
    ]),
    ...(leftOut.length === 0 ? [] : ['', `Not for this receiver: ${leftOut.join(', ')}`]),
    '',
  ].join('\n');
}
