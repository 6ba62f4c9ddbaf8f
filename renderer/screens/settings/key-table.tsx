import { useState } from 'react';
import { settings as settingsShape } from '../../../shared/policy/policy.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { type CommandId, keyMap } from '../../keys/key-map.ts';
import { keysInForce } from '../../keys/policy.ts';
import { type PolicyRow } from '../../../shared/policy/report.ts';
import { Waits } from './choice-row.tsx';
import { KeyRow } from './key-row.tsx';
import { ownKeys, withKeys } from './own-keys.ts';

const commands = [...new Map(keyMap.map((binding) => [binding.command, binding.does]))];

/**
 * Every command with its keys, which may be changed or switched off. F9 and Esc stay; a key that the browser, writing or a
 * screen reader has is refused with the reason, and what was typed stays.
 */
export function KeyTable(props: {
  readonly policy: PolicyRow | undefined;
  readonly editing: CommandId | undefined;
  readonly onEdit: (command: CommandId | undefined) => void;
}) {
  const desk = useDesk();
  const settings = useDeskValue((from) => from.settings());
  const isLocked = props.policy?.isLocked === true;
  const [said, say] = useState('');
  const change = (command: CommandId, keys: readonly string[] | undefined): readonly string[] => {
    const { keys: before, ...rest } = settings;
    const next = withKeys(before, command, keys);
    const read = keysInForce(next);
    if (!read.ok) return read.error;
    const parsed = settingsShape.safeParse(next === undefined ? rest : { ...rest, keys: next });
    if (!parsed.success) return ['Six keys for one command are as many as can be kept.'];
    desk.changeSettings(parsed.data);
    say(keys === undefined ? 'Lantern’s own key again.' : keys.length === 0 ? 'Switched off.' : 'Changed.');
    return [];
  };
  return (
    <section className="block" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <Waits policy={props.policy} />
      <p className="small">
        {isLocked ? 'Set by your organisation. Everything is in the palette too.' : HOW}
      </p>
      <p role="status" className="small">
        {said}
      </p>
      <ul className="plain-list key-settings">
        {commands.map(([command, does]) => (
          <KeyRow
            key={command}
            does={does}
            keys={settings.keys?.[command] ?? ownKeys(command)}
            isOwn={settings.keys?.[command] === undefined}
            fixed={FIXED.has(command) || isLocked}
            isOpen={props.editing === command}
            onOpen={(open) => props.onEdit(open ? command : undefined)}
            onChange={(keys) => change(command, keys)}
          />
        ))}
      </ul>
    </section>
  );
}

const HOW =
  'Write a key as F6, Ctrl+K or Alt+7, several with a comma between them, nothing to switch it off. Everything is in the palette too.';

/** Learnt by everybody and printed on every screen (H2). */
const FIXED: ReadonlySet<CommandId> = new Set(['emergency', 'back']);
