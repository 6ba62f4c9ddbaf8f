import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useDesk } from '../../components/desk-context.tsx';
import { EmergencyButton } from '../../components/emergency-button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { eventsOf } from '../../../shared/call/picture.ts';
import { londonDate } from '../../../shared/exports/london.ts';
import { printedHow, printedWhat } from '../../../shared/exports/words.ts';
import { useCall } from '../call/call-context.tsx';
import { clockTime } from '../wording/times.ts';

export type Copy = 'card' | 'record';
type How = 'dialogue' | 'printer' | 'pdf';

/**
 * What is put on paper, card or record apart, and that it was: an event with who and when. Where the page prints by itself
 * the event says that the dialogue was opened, because the browser does not tell what came of it.
 */
export function PrintBar(props: { readonly onEmergency: () => void; readonly show: (copy: Copy) => void }) {
  const desk = useDesk();
  const { picture, record, open } = useCall();
  const [said, say] = useState('');
  const printed = eventsOf(picture, 'copy.printed');
  const { print } = desk;

  const keep = (what: Copy, how: How): void => {
    const done = record({ type: 'copy.printed', data: { what, how } });
    say(done.ok ? '' : `That it was printed could not be written down: ${done.why.join(' ')}`);
  };
  const put = (what: Copy, how: 'printer' | 'pdf'): void => {
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
  return (
    <div className="print-bar no-print">
      <button type="button" className="button primary" data-first="" onClick={() => put('card', 'printer')}>
        Print the card
      </button>
      <button type="button" className="button plain" onClick={() => put('record', 'printer')}>
        Print the whole record
      </button>
      {print === undefined ? null : (
        <>
          <button type="button" className="button plain" onClick={() => put('card', 'pdf')}>
            Card as PDF
          </button>
          <button type="button" className="button plain" onClick={() => put('record', 'pdf')}>
            Record as PDF
          </button>
        </>
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
