import { useEffect, useState } from 'react';
import { type CallView, type PackAnswer } from '../../call/desk.ts';
import { useMinutes } from '../../components/clock.tsx';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
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
  const directory = useDeskValue((from) => from.directory.state());
  const [pack, setPack] = useState<PackAnswer | undefined>();
  const [printing, setPrinting] = useState(false);
  // Asked again with each minute that is drawn: the pack is written behind the window's back.
  const minute = Math.floor(now / 60_000);
  useEffect(() => {
    if (minute > 0) void desk.pack('status').then(setPack);
  }, [desk, minute]);
  if (printing) return <PackPaper onBack={() => setPrinting(false)} onEmergency={onEmergency} />;
  const write = (): void => void desk.pack('write').then(setPack);
  return (
    <PageFrame
      title="Outage and paper"
      className="outage-page"
      onBack={onBack}
      onEmergency={onEmergency}
      alsoBack="outage"
    >
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
            {holdings({ hub, unsent, content: desk.content, directory, pack, now }).map((row) => (
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
    </PageFrame>
  );
}
