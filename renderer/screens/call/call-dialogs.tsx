import { flushSync } from 'react-dom';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { useDeskWays, wayCommands } from '../../components/desk-ways.tsx';
import { useKeyMap } from '../../keys/key-context.ts';
import { type Handlers } from '../../keys/use-keys.ts';
import { type Command, windowCommands } from '../palette/commands.ts';
import { settingCommands } from '../palette/setting-commands.ts';
import { KeySheet } from '../palette/key-sheet.tsx';
import { Palette } from '../palette/palette.tsx';
import { isAsked } from '../derive/asked.ts';
import { strikable, type Entry } from '../derive/struck.ts';
import { GiveBackDialog } from '../team/give-back-dialog.tsx';
import { useCall } from './call-context.tsx';
import { StrikeDialog } from './strike-dialog.tsx';
import { type Dialog } from './use-call-keys.ts';

/** The palette and the sheet of keys, over the call and gone with one key. */
export function CallDialogs(props: {
  readonly dialog: Dialog;
  readonly setDialog: (dialog: Dialog) => void;
  readonly handlers: Handlers;
  readonly striking: Entry | undefined;
}) {
  const { dialog, setDialog, handlers, striking } = props;
  if (dialog === 'sheet') return <KeySheet onClose={() => setDialog('none')} />;
  if (dialog === 'giveBack') return <GiveBackDialog onClose={() => setDialog('none')} />;
  if (dialog === 'strike')
    return striking === undefined ? null : (
      <StrikeDialog entry={striking} onClose={() => setDialog('none')} />
    );
  if (dialog === 'none') return null;
  return <CallPalette setDialog={setDialog} handlers={handlers} />;
}

function CallPalette({ setDialog, handlers }: { setDialog: (dialog: Dialog) => void; handlers: Handlers }) {
  const desk = useDesk();
  const keys = useKeyMap();
  const settings = useDeskValue((from) => from.settings());
  const ways = useDeskWays();
  const { content, picture, goQuestion, stage, strike } = useCall();
  const questions: Command[] =
    stage === 'closed'
      ? []
      : content.questions
          .filter(
            (item) => (item.kind === 'yesNo' || item.kind === 'value') && isAsked(item, picture, content),
          )
          .map((item) => ({
            id: `ask.${item.id}`,
            title: `Ask: ${item.short}`,
            keys: [],
            run: () => goQuestion(item.id),
          }));
  const commands = [
    ...windowCommands(handlers, keys.of),
    ...questions,
    ...strikable(picture, content).map((entry) => ({
      id: `strike.${entry.ref.stream}.${entry.ref.seq}`,
      title: `Strike through: ${entry.what.charAt(0).toLowerCase()}${entry.what.slice(1)}`,
      keys: [],
      run: () => strike(entry),
    })),
    ...wayCommands(ways),
    ...settingCommands(settings, (next) => desk.changeSettings(next)),
  ];
  return (
    <Palette
      commands={commands}
      onClose={() => setDialog('none')}
      onRun={(command) => {
        flushSync(() => setDialog('none'));
        command.run();
      }}
    />
  );
}
