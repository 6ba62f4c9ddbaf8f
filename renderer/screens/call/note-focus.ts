import { focusFirst } from '../../components/first-focus.ts';

/** F2 goes to the note box and remembers where the hands were, so that keeping the note brings them back. */
export const NOTE_BOX = 'note-box';

let before: Element | null = null;

export function goToNote(): void {
  const box = document.querySelector<HTMLTextAreaElement>(`#${NOTE_BOX} textarea`);
  if (box === null || document.activeElement === box) return;
  before = document.activeElement;
  box.focus();
}

export const isInNote = (): boolean =>
  document.querySelector(`#${NOTE_BOX}`)?.contains(document.activeElement) === true;

/** Back to where the focus was before F2; to the question in hand when that is gone. */
export function backFromNote(): void {
  const to =
    before instanceof HTMLElement && before.isConnected && before !== document.body ? before : undefined;
  before = null;
  if (to !== undefined) to.focus();
  else focusInHand();
}

/** To the first control of whatever stands in the middle. */
export function focusInHand(): void {
  focusFirst(document.querySelector('.centre'));
}
