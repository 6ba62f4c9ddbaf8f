import { Kbd, KeyCaps } from '../../components/kbd.tsx';
import { Modal } from '../../components/modal.tsx';
import { useKeyMap } from '../../keys/key-context.ts';
import { localKeys } from '../../keys/key-map.ts';

/** Every key of the window, read from the one list that the listener uses. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const { map } = useKeyMap();
  return (
    <Modal label="Keys" className="sheet" onClose={onClose}>
      <div className="sheet-head">
        <h1>Keys</h1>
        <button type="button" className="button plain" autoFocus onClick={onClose}>
          Close <Kbd keys={['Esc']} />
        </button>
      </div>
      <div className="sheet-columns">
        <KeyList title="Anywhere" rows={map.filter((row) => row.alt !== true)} />
        <KeyList title="Places" rows={map.filter((row) => row.alt === true)} />
        <KeyList title="While the answers have focus" rows={localKeys} />
      </div>
    </Modal>
  );
}

function KeyList(props: {
  readonly title: string;
  readonly rows: readonly { readonly keys: readonly string[]; readonly does: string }[];
}) {
  return (
    <section aria-label={props.title}>
      <h2>{props.title}</h2>
      <dl className="key-list">
        {props.rows.map((row) => (
          <div key={`${row.keys.join('+')}${row.does}`}>
            <dt>
              <KeyCaps keys={row.keys} />
              <span className="unseen">{row.keys.join(' ')}</span>
            </dt>
            <dd>{row.does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
