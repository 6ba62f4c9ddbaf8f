import { useEffect, useRef, useState } from 'react';
import { type CallView, type PackAnswer } from '../../call/desk.ts';
import { useMinutes } from '../../components/clock.tsx';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { SaveLight } from '../../components/save-light.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { holdings } from '../derive/holdings.ts';
import { FallbackNumbers } from './fallback-numbers.tsx';
import { PackPaper } from './pack-paper.tsx';
import { PaperForm } from './paper-form.tsx';

interface Props {
  readonly onBack: () => void;
  readonly onOpen: (call: CallView['id']) => void;
  readonly onEmergency: () => void;
}

/** What this desk holds and how old it is, the downtime pack, and calls that were taken on paper (H14, H15). */
export function OutageScreen({ onBack, onOpen, onEmergency }: Props) {
  const desk = useDesk();
  const now = useMinutes();
  const hub = useDeskValue((from) => from.hub());
  const unsent = useDeskValue((from) => from.unsent());
  const [pack, setPack] = useState<PackAnswer | undefined>();
  const [printing, setPrinting] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!printing) title.current?.focus();
  }, [printing]);
  // Asked again with each minute that is drawn: the pack is written behind the window's back.
  const minute = Math.floor(now / 60_000);
  useEffect(() => {
    if (minute > 0) void desk.pack('status').then(setPack);
  }, [desk, minute]);
  const back = (): void => (printing ? setPrinting(false) : onBack());
  useKeys({ emergency: onEmergency, back, start: onBack, outage: onBack });
  if (printing) return <PackPaper onBack={() => setPrinting(false)} onEmergency={onEmergency} />;
  const write = (): void => void desk.pack('write').then(setPack);
  return (
    <div className="start-frame">
      <header className="strip">
        <button type="button" className="brand" aria-keyshortcuts="Escape" onClick={onBack}>
          <b>Lantern</b>
          <span className="small">Back</span>
        </button>
        <dl className="strip-facts">
          <div>
            <dt>{desk.session.person.role}</dt>
            <dd>{desk.session.person.name}</dd>
          </div>
        </dl>
        <SaveLight />
        <button
          type="button"
          className="button danger emergency-key"
          aria-keyshortcuts="F9"
          onClick={onEmergency}
        >
          <Kbd keys={['F9']} /> Emergency
        </button>
      </header>
      <main className="start outage-page">
        <h1 ref={title} tabIndex={-1}>
          Outage and paper
        </h1>
        <section className="block" aria-labelledby="holdings-title">
          <h2 id="holdings-title">What this desk holds, and how old it is</h2>
          <table className="holdings">
            <thead className="unseen">
              <tr>
                <th scope="col">What</th>
                <th scope="col">State</th>
                <th scope="col">Age</th>
              </tr>
            </thead>
            <tbody>
              {holdings({ hub, unsent, content: desk.content, pack, now }).map((row) => (
                <tr key={row.what} className={row.loud ? 'loud-row' : undefined}>
                  <th scope="row">{row.what}</th>
                  <td>
                    {row.loud ? <span aria-hidden="true">! </span> : null}
                    {row.state}
                  </td>
                  <td className="small">{row.age}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section className="block" aria-labelledby="pack-title">
          <h2 id="pack-title">Downtime pack</h2>
          <p>
            The blank call form, what to do, whom to ring. It is kept fresh on this PC every day
            {pack !== undefined && 'folder' in pack ? (
              <>
                {' '}
                in <code>{pack.folder}</code>, as <code>{pack.file}</code>
              </>
            ) : null}
            , opens in any browser and prints without Lantern. It holds nothing about any caller.
          </p>
          <div className="row">
            <button type="button" className="button primary" onClick={() => setPrinting(true)}>
              Print the downtime pack
            </button>
            <button type="button" className="button plain" onClick={write}>
              Write it anew now
            </button>
          </div>
          <FallbackNumbers onChanged={write} />
        </section>
        <PaperForm onOpen={onOpen} />
      </main>
      <footer className="foot">
        <span className="hint-key">
          <Kbd keys={['Esc']} /> back
        </span>
        <span className="hint-key">
          <Kbd keys={['F9']} /> emergency
        </span>
      </footer>
    </div>
  );
}
