import { useEffect, useState } from 'react';
import {
  type DirectoryExtract,
  type DirectoryRow,
  downtimePack,
  type FormLine,
} from '../../../shared/exports/downtime/pack.ts';
import { PRACTICE_HEAD } from '../../../shared/training/mark.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { EmergencyButton } from '../../components/emergency-button.tsx';
import { Kbd } from '../../components/kbd.tsx';

/** The downtime pack on paper, the same as the file on the disk is made from. It holds nothing about anybody. */
export function PackPaper(props: { readonly onBack: () => void; readonly onEmergency: () => void }) {
  useKeys({ emergency: props.onEmergency, back: props.onBack, start: props.onBack, outage: props.onBack });
  const desk = useDesk();
  const [said, say] = useState('');
  const [made] = useState(() => desk.now());
  // Undefined while this PC's disk is read; nothing of it waits for the hub.
  const [held, setHeld] = useState<{ readonly directory: DirectoryExtract | undefined } | undefined>();
  useEffect(() => {
    void desk.directory.extract().then((directory) => setHeld({ directory }));
  }, [desk]);
  const numbers = desk.settings().fallbackNumbers;
  const pack = downtimePack({ content: desk.content, numbers, directory: held?.directory, now: made });
  const print = (): void => {
    if (held === undefined) return say('The directory is still being read from this PC.');
    if (desk.print === undefined) return window.print();
    void desk.print('printer', 'Lantern downtime pack').then((answer) => {
      if ('why' in answer) say(`Not printed: ${answer.why}.`);
      else say(answer.done ? 'Sent to the printer.' : 'Not printed: cancelled.');
    });
  };
  return (
    <div className="print-view" role="main" aria-label="Downtime pack">
      <div className="print-bar no-print">
        <button type="button" className="button primary" autoFocus onClick={print}>
          Print the pack
        </button>
        <button type="button" className="button plain" onClick={props.onBack}>
          <Kbd keys={['Esc']} /> Back
        </button>
        <p className="small" role="status">
          {said === '' ? 'One call form is in it: print more as you need them.' : said}
        </p>
        <EmergencyButton onEmergency={props.onEmergency} />
      </div>
      <div className="paper pack">
        <h1 className="paper-head">
          {desk.host.profile.kind === 'training' ? PRACTICE_HEAD : ''}Downtime pack · made {pack.made} ·
          content {pack.content}
        </h1>
        {pack.notice === undefined ? null : <p className="watermark">{pack.notice}</p>}
        <h2>What to do</h2>
        <ol>
          {pack.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <h2>Numbers</h2>
        <dl className="pack-numbers">
          {pack.numbers.map((item) => (
            <div key={`${item.title}${item.number}`}>
              <dt>{item.title}</dt>
              <dd>{item.number === '' ? <Write /> : <b>{item.number}</b>}</dd>
            </div>
          ))}
        </dl>
        <h2>Services</h2>
        {held === undefined ? (
          <p>The directory is being read from this PC.</p>
        ) : 'missing' in pack.directory ? (
          <p>{pack.directory.missing}</p>
        ) : (
          <Services asOf={pack.directory.asOf} rows={pack.directory.rows} />
        )}
        <section className="pack-form" aria-labelledby="pack-form">
          <h2 id="pack-form">Call on paper</h2>
          {['Taken by (name, role)', 'Form number', 'Shift began (day, time)', 'Call began (day, time)'].map(
            (label) => (
              <p key={label} className="pack-line">
                {label} <Write />
              </p>
            ),
          )}
          {pack.form.map((part) => (
            <section key={part.title} aria-label={part.title}>
              <h3>{part.title}</h3>
              {part.lines.map((line) => (
                <Line key={line.id} line={line} />
              ))}
            </section>
          ))}
          <h3>Hand-over</h3>
          {['To whom, how, when', 'Who has the person, by name, when', 'Or: who said no, and why'].map(
            (label) => (
              <p key={label} className="pack-line">
                {label} <Write />
              </p>
            ),
          )}
        </section>
      </div>
    </div>
  );
}

const Write = () => <span className="pack-write" aria-hidden="true" />;

function Boxes({ labels }: { readonly labels: readonly string[] }) {
  return labels.map((label) => (
    <span key={label} className="pack-box">
      {label}
    </span>
  ));
}

function Line({ line }: { readonly line: FormLine }) {
  return (
    <div className="pack-line">
      <p>
        {line.ask} <span className="small">time ____ : ____</span>
      </p>
      <Boxes labels={line.boxes} />
      {line.fields.map((field) => (
        <p key={field.label}>
          {field.label}: <Boxes labels={field.boxes} />
          {field.boxes.length === 0 ? <Write /> : null}
        </p>
      ))}
      <Write />
    </div>
  );
}

function Services({ asOf, rows }: { readonly asOf: string; readonly rows: readonly DirectoryRow[] }) {
  return (
    <>
      <p>{asOf}. Hours are not printed: a printed hour is soon wrong.</p>
      <dl className="pack-numbers">
        {rows.map((row) => (
          <div key={row.id}>
            <dt>{row.name}</dt>
            <dd>{[row.ring, row.where, row.mind].filter((part) => part !== '').join(' · ')}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
