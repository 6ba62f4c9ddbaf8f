import { flushSync } from 'react-dom';
import { type CommandId } from '../../keys/key-map.ts';
import { type Handlers, useKeys } from '../../keys/use-keys.ts';
import { lineIsLost } from '../../../shared/call/facts.ts';
import { stages } from '../../../shared/events/vocabulary.ts';
import { type CallScope } from './call-context.tsx';
import { type Find } from './use-find.ts';
import { focusInHand, goToNote, isInNote } from './note-focus.ts';

export type Dialog = 'none' | 'palette' | 'sheet' | 'strike' | 'giveBack';
/** `forHands`: opened for a note or for find where it was folded, and folded again when that is done. */
export type SideState = 'auto' | 'open' | 'folded' | 'forHands';

interface Window {
  readonly dialog: Dialog;
  readonly setDialog: (dialog: Dialog) => void;
  readonly setSide: (side: SideState) => void;
  readonly onStart: () => void;
  readonly onPause: () => void;
  readonly onOutage: () => void;
  readonly onEmergency: () => void;
  readonly find: Find;
  readonly closeFind: () => void;
}

const sideIsShown = (): boolean => {
  const side = document.querySelector<HTMLElement>('.side');
  return side !== null && side.offsetParent !== null;
};

/**
 * What every key does in a call. Also the palette's list, so that nothing is reachable one way only. A key pressed
 * over a dialog closes it first; Esc there is the dialog's own.
 */
export function useCallKeys(
  scope: CallScope,
  { dialog, setDialog, setSide, onStart, onPause, onOutage, onEmergency, find, closeFind }: Window,
): Handlers {
  const closed = scope.stage === 'closed';
  const showSide = (): void => {
    const shown = scope.panel === 'emergency' || sideIsShown();
    if (!shown) flushSync(() => setSide('forHands'));
  };
  const note = (): void => {
    showSide();
    goToNote();
  };
  const openFind = (): void => {
    showSide();
    find.open();
  };
  const dropped = (): void => {
    const form = document.querySelector<HTMLFormElement>('#line-dropped');
    if (scope.panel === 'dropped' && form !== null && !lineIsLost(scope.picture)) form.requestSubmit();
    else scope.open('dropped');
  };
  const back = (): void => {
    if (find.isOpen && document.activeElement?.closest('.find-bar') !== null) closeFind();
    else if (isInNote()) scope.noteDone();
    else if (scope.panel !== 'none') scope.open('none');
    else {
      setSide('auto');
      focusInHand();
    }
  };
  const all: Handlers = {
    emergency: onEmergency,
    note,
    start: onStart,
    outage: onOutage,
    side: () => setSide(sideIsShown() ? 'folded' : 'open'),
    sheet: () => setDialog('sheet'),
    print: () => scope.open('print'),
    ...(scope.view.elsewhere === undefined && scope.view.readOnly === undefined
      ? { giveBack: () => setDialog('giveBack') }
      : {}),
    lookBack: () => scope.open('lookBack'),
    // Where there is one page to read, the browser's own way of finding is the better one.
    ...(['print', 'emergency', 'lookBack'].includes(scope.panel) ? {} : { find: openFind }),
    ...(closed
      ? { pause: onPause }
      : {
          talk: () => scope.open('talk'),
          consult: () => scope.open('consult'),
          safeguarding: () => scope.open('safeguarding'),
          dropped,
          ...Object.fromEntries(stages.map((stage) => [`stage.${stage}`, () => scope.goStage(stage)])),
        }),
  };
  useKeys({
    ...mapHandlers(all, (run) => () => {
      flushSync(() => setDialog('none'));
      run();
    }),
    palette: () => setDialog(dialog === 'palette' ? 'none' : 'palette'),
    ...(dialog === 'none' ? { back } : {}),
  });
  return all;
}

function mapHandlers(handlers: Handlers, wrap: (run: () => void) => () => void): Handlers {
  const wrapped: Handlers = {};
  for (const [id, run] of Object.entries(handlers) as [CommandId, () => void][]) wrapped[id] = wrap(run);
  return wrapped;
}
