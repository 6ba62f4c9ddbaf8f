import { type FormEvent, useState } from 'react';
import { type CallView } from '../../call/desk.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput } from '../../components/draft-fields.tsx';
import { optional, useForm, writeDraft } from '../../components/draft.ts';
import { NamedPersonFields, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { paperTimeFaults, shiftFaults } from '../../../shared/call/paper.ts';
import { paperTimeKey } from '../derive/from-paper.ts';
import { PAST_WORDS, readAfter, readInShift, readPast } from '../derive/paper-times.ts';

/**
 * Begins a call that was taken on paper: who took it, in which shift, and when it began. Every entry of it is marked as made
 * later; a time in the future or outside the shift is refused.
 */
export function PaperForm({ onOpen }: { readonly onOpen: (call: CallView['id']) => void }) {
  const desk = useDesk();
  const form = useForm('paper');
  const [why, setWhy] = useState<readonly string[]>([]);
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    const now = desk.now();
    const by = readPerson(form);
    const shiftFrom = readPast(form.read('from'), now);
    const shiftTo = shiftFrom === undefined ? undefined : readAfter(form.read('to'), shiftFrom);
    if ('missing' in by) return setWhy(by.missing);
    if (shiftFrom === undefined || shiftTo === undefined)
      return setWhy([`When did the shift begin and end? ${PAST_WORDS}`]);
    const shift = { shiftFrom, shiftTo };
    const began = readInShift(form.read('began'), shift);
    if (began === undefined) return setWhy([`When did the call begin? ${PAST_WORDS}`]);
    const faults = [...shiftFaults(shift, now), ...paperTimeFaults(began, shift, now)];
    if (faults.length > 0) return setWhy(faults);

    const id = desk.takeCall({ source: 'paper' });
    const { person: takenBy } = by;
    const marked = desk.record(id, {
      type: 'call.fromPaper',
      data: { takenBy, ...shift, ...optional('form', form.read('form')) },
    });
    if (!marked.ok) return setWhy(marked.why);
    for (const { type, ...event } of desk.call(id)?.events ?? []) {
      if (type !== 'call.offered' && type !== 'call.answered') continue;
      const data = {
        target: { stream: event.stream, seq: event.seq },
        originalAt: began,
        writtenBy: takenBy,
      };
      desk.record(id, { type: 'entry.timed', data });
    }
    writeDraft(desk, paperTimeKey(id), form.read('began'));
    form.clear('name', 'role', 'from', 'to', 'began', 'form');
    onOpen(id);
  };
  return (
    <form className="block" aria-label="Enter a call from paper" onSubmit={begin}>
      <h2>Enter a call from paper</h2>
      <p className="small">
        What you enter keeps the time you enter it. The form’s own times and who wrote it stand beside it, on
        screen, on paper and in every export.
      </p>
      <NamedPersonFields form={form} who="Taken by, by name" />
      <div className="paper-times">
        <DraftInput draftKey={form.key('from')} label="Shift began" hint="as 19:00, or 24/11 19:00" />
        <DraftInput draftKey={form.key('to')} label="Shift ended" hint="as 07:00" />
        <DraftInput draftKey={form.key('began')} label="Call began" hint="as 02:10" />
        <DraftInput draftKey={form.key('form')} label="Form number (optional)" />
      </div>
      <Refused why={why} />
      <button type="submit" className="button primary">
        Enter this call
      </button>
    </form>
  );
}
