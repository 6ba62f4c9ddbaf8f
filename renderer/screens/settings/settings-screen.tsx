import { useState } from 'react';
import { settings as settingsShape } from '../../../shared/policy/policy.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { type CommandId } from '../../keys/key-map.ts';
import { HealthLine } from '../health/health-line.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { choices, withChoice } from './choices.ts';
import { KeyTable } from './key-table.tsx';

/**
 * What a person may change at this desk, each with what it does; it is there at once, and kept for the next start. What the
 * organisation has set is shown and cannot be changed here.
 */
export function SettingsScreen(props: { readonly onBack: () => void; readonly onEmergency: () => void }) {
  const desk = useDesk();
  const settings = useDeskValue((from) => from.settings());
  const policy = useDeskValue((from) => from.policy());
  const [editing, edit] = useState<CommandId | undefined>();
  // Esc leaves the box of a key first, the page after that.
  const back = (): void => (editing === undefined ? props.onBack() : edit(undefined));
  return (
    <PageFrame title="Settings" className="settings-page" onBack={back} onEmergency={props.onEmergency}>
      <section className="block" aria-labelledby="look-title">
        <h2 id="look-title">How it looks and answers</h2>
        {choices.map((choice) => (
          <ChoiceRow
            key={choice.key}
            choice={choice}
            value={String(settings[choice.key])}
            policy={policy?.rows.find(({ key }) => key === choice.key)}
            onChange={(value) =>
              desk.changeSettings(settingsShape.parse(withChoice(settings, choice.key, value)))
            }
          />
        ))}
      </section>
      <KeyTable policy={policy?.rows.find(({ key }) => key === 'keys')} editing={editing} onEdit={edit} />
      <HealthLine />
    </PageFrame>
  );
}
