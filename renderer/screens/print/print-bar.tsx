import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useDesk } from '../../components/desk-context.tsx';
import { EmergencyButton } from '../../components/emergency-button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { eventsOf } from '../../../shared/call/picture.ts';
import { londonDate } from '../../../shared/exports/london.ts';
import { printedHow, printedWhat } from '../../../shared/exports/words.ts';
import { useCall } from '../call/call-context.tsx';
import { downloadText } from '../../components/download-text.ts';
import { fhirFile } from './fhir-file.ts';
import { clockTime } from '../wording/times.ts';

export type Copy = 'card' | 'record' | 'letter';
type How = 'dialogue' | 'printer' | 'pdf';
/** In a letter or message while the organisation has not set its name. */
export const NO_SERVICE_NAME = 'A crisis line (its name is not set at this desk)';

/**
 * What is put on paper, card or record apart, and that it was: an event with who and when. Where the page prints by itself
 * the event says that the dialogue was opened, because the browser does not tell what came of it.
 */
export function PrintBar(props: {
  readonly onEmergency: () => void;
  readonly show: (copy: Copy) => void;
  /** Why there is no letter to the GP now, in words. */
  readonly noLetter: string | undefined;
}) {
  const desk = useDesk();
  const { view, picture, content, record, open } = useCall();
  const [said, say] = useState('');
  const printed = eventsOf(picture, 'copy.printed');
  const { print } = desk;
  // A practice call is for nobody's system (G10).
  const isTraining = desk.host.profile.kind === 'training';

  const keep = (what: Copy | 'fhir', how: How | 'file'): void => {
    const done = record({ type: 'copy.printed', data: { what, how } });
    say(done.ok ? '' : `That it was printed could not be written down: ${done.why.join(' ')}`);
  };
  const put = (what: Copy, how: 'printer' | 'pdf'): void => {
    if (what === 'letter' && props.noLetter !== undefined) return say(`No letter: ${props.noLetter}`);
    flushSync(() => props.show(what));
    if (print === undefined) {
      flushSync(() => keep(what, 'dialogue'));
      window.print();
      return;
    }
    // No name in a file's name: it is read over shoulders and in lists of recent files.
    void print(how, `Lantern ${printedWhat[what]} ${londonDate(desk.now())}`).then((answer) => {
      if ('why' in answer) say(`Not printed: ${answer.why}.`);
      else if (answer.done) keep(what, how);
      else say('Not printed: cancelled.');
    });
  };
  const saveFhir = (): void => {
    const { host, save } = desk;
    const newId = (): string => desk.newId();
    const service = host.service ?? NO_SERVICE_NAME;
    const file = fhirFile({ call: view.id, picture, content, now: desk.now(), service, newId });
    if (!file.ok) return say(`No FHIR file: ${file.error.message}.`);
    const { name, text } = file.value;
    if (save === undefined) {
      downloadText({ name, type: 'application/json', text });
      return keep('fhir', 'file');
    }
    void save(name, text).then((answer) => {
      if ('why' in answer) say(`Not kept: ${answer.why}.`);
      else if (answer.done) keep('fhir', 'file');
      else say('Not kept: cancelled.');
    });
  };
  return (
    <div className="print-bar no-print">
      <button type="button" className="button primary" data-first="" onClick={() => put('card', 'printer')}>
        Print the card
      </button>
      <button type="button" className="button plain" onClick={() => put('record', 'printer')}>
        Print the whole record
      </button>
      <button type="button" className="button plain" onClick={() => put('letter', 'printer')}>
        Print the GP letter
      </button>
      {print === undefined ? null : (
        <>
          <button type="button" className="button plain" onClick={() => put('card', 'pdf')}>
            Card as PDF
          </button>
          <button type="button" className="button plain" onClick={() => put('record', 'pdf')}>
            Record as PDF
          </button>
          <button type="button" className="button plain" onClick={() => put('letter', 'pdf')}>
            GP letter as PDF
          </button>
        </>
      )}
      {isTraining ? null : (
        <button type="button" className="button plain" onClick={saveFhir}>
          Save the FHIR file
        </button>
      )}
      <button type="button" className="button plain" onClick={() => open('none')}>
        <Kbd keys={['Esc']} /> Back to call
      </button>
      <p className="small" role="status">
        {said !== ''
          ? said
          : print === undefined
            ? 'Nothing here is sent anywhere. The print dialogue of this PC also makes a PDF.'
            : 'Nothing here is sent anywhere.'}
      </p>
      <EmergencyButton onEmergency={props.onEmergency} />
      {printed.length === 0 ? null : (
        <p className="small print-log">
          Printed before:{' '}
          {printed
            .slice(-4)
            .map(
              ({ at, author, data }) =>
                `${clockTime(at)} ${printedWhat[data.what]}, ${printedHow[data.how]}, ${author.role} ${author.id}`,
            )
            .join(' · ')}
        </p>
      )}
    </div>
  );
}
