import { useMemo } from 'react';
import { type CallView } from '../../call/desk.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { conversationOf } from '../../../shared/call/replay.ts';
import { stage as stageSchema, type Stage } from '../../../shared/events/vocabulary.ts';
import { optionsKeeper } from '../derive/route-options.ts';
import { recordFromPaper } from '../derive/from-paper.ts';
import { personOf } from '../derive/person.ts';
import { type CallScope, type Panel } from './call-context.tsx';

export const inHandKey = (call: string): string => `${call}:inHand`;
/** Which route of the options is looked at; none is the list. */
export const openRouteKey = (call: string): string => `${call}:options:open`;

/** Puts the call's view and everything that can be done with it together. Made anew only with a new view. */
export function useCallScope(
  view: CallView,
  panel: Panel,
  setPanel: (panel: Panel) => void,
  say: (sentence: string) => void,
  noteDone: () => void,
  strike: CallScope['strike'],
  found: string | undefined,
): CallScope {
  const desk = useDesk();
  const optionsNow = useMemo(() => optionsKeeper(view.content), [view.content]);
  return useMemo(() => {
    const picture = view.snapshot.context.picture;
    const read = stageSchema.safeParse(conversationOf(view.snapshot));
    const stage = read.success
      ? read.data
      : conversationOf(view.snapshot) === 'closed'
        ? 'closed'
        : 'offered';
    const record: CallScope['record'] = (happening) => recordFromPaper(desk, view, happening);

    const enter = (to: Stage): boolean => {
      if (stage === 'closed') return false;
      if (to === stage) return true;
      const needsRoute = to === 'agree' || to === 'handOver';
      if (needsRoute && chosenRoute(picture) === undefined) {
        say('That opens once a route is chosen, in Options.');
        return false;
      }
      const done = record({ type: 'stage.entered', data: { stage: to } });
      if (!done.ok) say(done.why.join(' '));
      return done.ok;
    };
    const goStage = (to: Stage): void => {
      if (!enter(to)) return;
      // Options again, from one of its routes: all of them.
      if (to === 'options' && stage === 'options' && panel === 'none')
        desk.keepDraft(openRouteKey(view.id), '');
      say('');
      setPanel('none');
    };
    const goQuestion = (id: string): void => {
      const question = view.content.question(id);
      if (question === undefined || !enter(question.stage)) return;
      desk.keepDraft(inHandKey(view.id), id);
      say('');
      setPanel('none');
    };
    return {
      view,
      picture,
      content: view.content,
      person: personOf(picture, view.content),
      routes: optionsNow(picture),
      stage,
      panel,
      found,
      record,
      open: setPanel,
      goStage,
      goQuestion,
      noteDone,
      strike,
      mend(mend) {
        if (mend.to === 'panel') setPanel(mend.panel);
        if (mend.to === 'stage') goStage(mend.stage);
        if (mend.to === 'question') goQuestion(mend.question);
        if (mend.to === 'here')
          document.querySelector<HTMLElement>(`#${mend.field} textarea, #${mend.field} input`)?.focus();
      },
    };
  }, [desk, view, panel, setPanel, say, noteDone, strike, optionsNow, found]);
}
