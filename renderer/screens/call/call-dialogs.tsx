import { flushSync } from 'react-dom';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { type Handlers } from '../../keys/use-keys.ts';
import { type Command, windowCommands } from '../palette/commands.ts';
import { settingCommands } from '../palette/setting-commands.ts';
import { KeySheet } from '../palette/key-sheet.tsx';
import { Palette } from '../palette/palette.tsx';
import { isAsked } from '../derive/guide.ts';
import { useCall } from './call-context.tsx';
import { type Dialog } from './use-call-keys.ts';

/** The palette and the sheet of keys, over the call and gone with one key. */
export function CallDialogs(props: {
  readonly dialog: Dialog;
  readonly setDialog: (dialog: Dialog) => void;
  readonly handlers: Handlers;
}) {
  const { dialog, setDialog, handlers } = props;
  if (dialog === 'sheet') return <KeySheet onClose={() => setDialog('none')} />;
  if (dialog === 'none') return null;
  return <CallPalette setDialog={setDialog} handlers={handlers} />;
}

function CallPalette({ setDialog, handlers }: { setDialog: (dialog: Dialog) => void; handlers: Handlers }) {
  const desk = useDesk();
  const settings = useDeskValue((from) => from.settings());
  const { content, picture, goQuestion, stage } = useCall();
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
    ...windowCommands(handlers),
    ...questions,
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
