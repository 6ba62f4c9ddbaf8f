import { type KeyboardEvent, useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { KeyCaps } from '../../components/kbd.tsx';
import { Modal } from '../../components/modal.tsx';
import { type Command, findCommands } from './commands.ts';

/** Drawn at once. A long call has a line for each of its entries; the arrow keys bring in the next ones. */
const PAGE = 100;

/** Everything by a few typed letters: commands, stages, questions, settings. */
export function Palette(props: {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
  readonly onRun: (command: Command) => void;
}) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const found = findCommands(props.commands, typed);
  const current = found[Math.min(at, found.length - 1)];
  const shown = found.slice(0, PAGE * (Math.floor((at + 1) / PAGE) + 1));
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const next =
        ((current === undefined ? 0 : found.indexOf(current)) + step + found.length) % found.length;
      flushSync(() => setAt(next));
      document.getElementById(`${id}${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && current !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault();
      props.onRun(current);
    }
  };
  return (
    <Modal label="Find a command" className="palette" onClose={props.onClose}>
      <input
        type="text"
        role="combobox"
        aria-label="Find a command or question"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={current === undefined ? undefined : `${id}${found.indexOf(current)}`}
        placeholder="Type a few letters"
        autoComplete="off"
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={move}
      />
      <ul role="listbox" id={`${id}list`} aria-label="Commands" tabIndex={-1}>
        {shown.map((command, index) => (
          <li
            key={command.id}
            id={`${id}${index}`}
            role="option"
            aria-selected={command === current}
            aria-setsize={found.length}
            aria-posinset={index + 1}
            onClick={() => props.onRun(command)}
          >
            <span>{command.title}</span>
            <KeyCaps keys={command.keys} />
          </li>
        ))}
      </ul>
      {found.length === shown.length ? null : (
        <p className="small">{found.length - shown.length} more: type more letters, or go on down.</p>
      )}
      {found.length === 0 ? <p className="small">Nothing has that name.</p> : null}
    </Modal>
  );
}
