import { useEffect } from 'react';
import { type TraineeScreen } from '../../../shared/bridge/training.ts';
import { answerTo } from '../../../shared/call/facts.ts';
import { conversationOf } from '../../../shared/call/replay.ts';
import { type CallView, type Desk } from '../../call/desk.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { fieldsLine } from '../derive/facts-text.ts';
import { lightWords } from '../wording/light-words.ts';
import { inHand } from './in-hand.ts';

/** What stands on this screen, for the trainer: stage, question in hand, light, and what is on record. */
export function screenOf(desk: Desk, call: CallView | undefined): TraineeScreen {
  const { title, detail } = lightWords(desk.light(), desk.hub(), desk.now());
  const light = `${title} · ${detail}`;
  if (call === undefined) return { place: 'Training room', light, facts: [] };
  const { picture } = call.snapshot.context;
  const question = inHand(desk, call);
  const facts = call.content.questions.flatMap((asked) => {
    const answer = answerTo(picture, asked.id);
    if (answer === undefined) return [];
    const says = [fieldsLine(asked, answer), answer.data.words ?? '']
      .filter((text) => text !== '')
      .join(' · ');
    return [
      {
        what: `${asked.id} ${asked.short}`.slice(0, 200),
        answer: answer.data.state,
        says: says.slice(0, 1_000),
      },
    ];
  });
  return {
    place: 'The call',
    stage: conversationOf(call.snapshot),
    ...(question === undefined ? {} : { question: { id: question.id, ask: question.ask.slice(0, 600) } }),
    light,
    facts,
  };
}

/** Tells the trainer at every change; seconds that tick by are none. */
export function useScreenReport(call: CallView | undefined): void {
  const desk = useDesk();
  const text = useDeskValue((from) => JSON.stringify(screenOf(from, call)).replaceAll(/\d+ s\b/g, ''));
  // Said again to a program that came back: it knows nothing of this screen.
  const practice = useDeskValue((from) => {
    const now = from.training.practice();
    return now === undefined ? '' : `${now.attempt} ${now.interrupted}`;
  });
  useEffect(() => {
    if (practice !== '' && text !== '') void desk.training.ask('training.screen', screenOf(desk, call));
  }, [desk, call, text, practice]);
}
