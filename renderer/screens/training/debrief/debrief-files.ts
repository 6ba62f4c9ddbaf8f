import { v7 } from 'uuid';
import { type TextFile } from '../../../components/download-text.ts';
import { type Attempt } from '../../../../shared/training/attempt/attempt.ts';
import { debriefCsv } from '../../../../shared/training/debrief/csv.ts';
import { type Debrief } from '../../../../shared/training/debrief/debrief-types.ts';
import { xapiStatements } from '../../../../shared/training/debrief/xapi.ts';

/** `title` names its button. */
interface DebriefFile extends TextFile {
  readonly title: string;
}

/** The debrief as files for other programs. Every name says TRAINING, and so does every row in them. */
export function debriefFiles(attempt: Attempt, debrief: Debrief): readonly DebriefFile[] {
  const name = `TRAINING ${attempt.script.id} ${attempt.id.slice(-6)}`;
  return [
    { title: 'CSV', name: `${name}.csv`, type: 'text/csv;charset=utf-8', text: debriefCsv(debrief) },
    {
      title: 'xAPI',
      name: `${name}.xapi.json`,
      type: 'application/json',
      text: `${JSON.stringify(xapiStatements(attempt, debrief, { next: () => v7() }), undefined, 2)}\n`,
    },
  ];
}
