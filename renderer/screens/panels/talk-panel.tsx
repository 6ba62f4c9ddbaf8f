import { type FormEvent, useState } from 'react';
import { DraftRadios } from '../../components/draft-fields.tsx';
import { useDraft, useForm } from '../../components/draft.ts';
import { Kbd } from '../../components/kbd.tsx';
import { Refused } from '../../components/refused.tsx';
import { mannerNow } from '../../../shared/call/facts.ts';
import { channel as channelSchema, manner as mannerSchema } from '../../../shared/events/vocabulary.ts';
import { type Advice } from '../../../shared/content/talk.ts';
import { useCall } from '../call/call-context.tsx';
import { quoted } from '../derive/facts-text.ts';
import { PanelFrame } from './panel-frame.tsx';
import { WhatHappensNow } from './what-happens-now.tsx';

/** Through relay, an interpreter or text; in yes and no; in silence. Kept with its time, and what it asks of us. */
export function TalkPanel() {
  const { view, picture, content, record, open } = useCall();
  const { talk } = content;
  const form = useForm(`${view.id}:talk`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const now = mannerNow(picture);
  const [chosenChannel] = useDraft(form.key('channel'), now.channel);
  const [chosenManner] = useDraft(form.key('manner'), now.manner);
  const channel = channelSchema.catch(now.channel).parse(chosenChannel);
  const manner = mannerSchema.catch(now.manner).parse(chosenManner);
  const changed = channel !== now.channel || manner !== now.manner;

  const keep = (event: FormEvent): void => {
    event.preventDefault();
    if (changed) {
      const done = record({ type: 'call.adapted', data: { channel, manner } });
      setWhy(done.ok ? [] : done.why);
      if (!done.ok) return;
      form.clear('channel', 'manner');
    }
    // With a silent caller the prompts are what comes next; otherwise the question in hand is.
    if (manner === 'silent')
      queueMicrotask(() => document.querySelector<HTMLElement>('.talk-advice h2')?.focus());
    else open('none');
  };
  return (
    <PanelFrame crumb="How they can talk" title="How can they talk" hint={talk.hint}>
      <form className="block" aria-label="How they can talk" onSubmit={keep}>
        <div data-first="" className="talk-choices">
          <DraftRadios
            draftKey={form.key('channel')}
            label="Through what"
            options={choices(talk.channels)}
            initial={now.channel}
          />
          <DraftRadios
            draftKey={form.key('manner')}
            label="They can speak"
            options={choices(talk.manners)}
            initial={now.manner}
          />
        </div>
        <Refused why={why} />
        <button type="submit" className="button primary">
          {changed ? 'Go on like this' : 'Nothing has changed'} <Kbd keys={['Enter']} />
        </button>
      </form>
      <div className="talk-advice">
        {manner === 'open' ? null : <AdviceBlock advice={talk.manners[manner].advice} />}
        {channel === 'phone' ? null : <AdviceBlock advice={talk.channels[channel].advice} />}
      </div>
      {now.manner === 'silent' ? (
        <WhatHappensNow title="If nobody speaks or taps: who decides what happens now" />
      ) : null}
    </PanelFrame>
  );
}

const choices = <T extends string>(ways: Readonly<Record<T, { readonly title: string }>>) =>
  (Object.keys(ways) as T[]).map((value) => ({ value, title: ways[value].title }));

function AdviceBlock({ advice }: { readonly advice: Advice }) {
  return (
    <section className="block advice" aria-label={advice.title}>
      <h2 tabIndex={-1}>{advice.title}</h2>
      {advice.say === undefined ? null : (
        <ul className="plain-list say-list" aria-label="Say">
          {advice.say.map((line) => (
            <li key={line} className="say">
              {quoted(line)}
            </li>
          ))}
        </ul>
      )}
      <ul className="bear-in-mind">
        {advice.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
