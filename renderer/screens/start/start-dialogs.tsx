import { useKeyMap } from '../../keys/key-context.ts';
import { flushSync } from 'react-dom';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { useDeskWays, wayCommands } from '../../components/desk-ways.tsx';
import { type Handlers } from '../../keys/use-keys.ts';
import { windowCommands } from '../palette/commands.ts';
import { KeySheet } from '../palette/key-sheet.tsx';
import { Palette } from '../palette/palette.tsx';
import { settingCommands } from '../palette/setting-commands.ts';

export type StartDialog = 'none' | 'palette' | 'sheet';

export function StartDialogs(props: {
  readonly dialog: StartDialog;
  readonly setDialog: (dialog: StartDialog) => void;
  readonly handlers: Handlers;
}) {
  const desk = useDesk();
  const keys = useKeyMap();
  const settings = useDeskValue((from) => from.settings());
  const ways = useDeskWays();
  const close = (): void => props.setDialog('none');
  if (props.dialog === 'sheet') return <KeySheet onClose={close} />;
  if (props.dialog === 'none') return null;
  return (
    <Palette
      commands={[
        ...windowCommands(props.handlers, keys.of),
        ...wayCommands(ways),
        ...settingCommands(settings, (next) => desk.changeSettings(next)),
      ]}
      onClose={close}
      onRun={(command) => {
        flushSync(close);
        command.run();
      }}
    />
  );
}
