import { type KeyboardEvent, useRef, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftRadios } from '../../components/draft-fields.tsx';
import { useDraft } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';
import { isTyping } from '../../keys/use-keys.ts';
import { serviceCheck } from '../../../shared/call/facts.ts';
import { londonTime, utcOf } from '../../../shared/london.ts';
import { type Found } from '../../../shared/directory/finder.ts';
import { askFirst } from '../../../shared/directory/ask-first.ts';
import { useCall } from '../call/call-context.tsx';
import { questionFor } from '../derive/directory-facts.ts';
import { reasonText, shownFacts } from '../wording/reasons.ts';
import { DirectoryAge } from './directory-age.tsx';
import { FoundRow } from './found-row.tsx';
import { PlaceField } from './place-field.tsx';
import { type FinderView, useFinder } from './use-finder.ts';

/** A night's flag ends when the day teams are there. */
const MORNING_MINUTES = 8 * 60;

/** Services of a route's kinds with every reason for and against. None is chosen until somebody does. */
export function Finder({ route }: { readonly route: string }) {
  const desk = useDesk();
  const { view, picture, content, record, goQuestion } = useCall();
  const prefix = `${view.id}:finder`;
  const { state, version, now, list, services, places, areas, names, why } = useFinder(route, prefix);
  const first = serviceCheck(picture, route);
  const [as] = useDraft(`${prefix}:${route}:as`, first === undefined ? 'first' : 'second');
  const [said, setSaid] = useState('');
  const [refused, setRefused] = useState<readonly string[]>([]);
  const rows = useRef<HTMLOListElement>(null);

  const choose = (found: Found): void => {
    const { service, fits, arrivalAt } = found;
    const facts = shownFacts(found, version, now);
    const done =
      as === 'second' && first !== undefined
        ? record({
            type: 'note.added',
            data: { text: `Second choice, if ${first.data.name} cannot: ${service.name}. ${facts}` },
          })
        : record({
            type: 'service.checked',
            data: {
              route,
              name: service.name,
              ...goneBy(places),
              ...(arrivalAt === undefined ? {} : { arrivalAt }),
              fits,
              checkedHow: facts,
            },
          });
    setRefused(done.ok ? [] : done.why);
    if (!done.ok) return;
    desk.keepDraft(`${prefix}:${route}:as`, '');
    setSaid(
      as === 'second'
        ? `Second choice kept: ${service.name}.`
        : `Kept: ${service.name}. Ask for a second choice.`,
    );
  };
  const tell = async (report: Parameters<typeof desk.directory.report>[0], words: string): Promise<void> => {
    const failed = await desk.directory.report(report);
    setSaid(failed === undefined ? words : `Not kept: ${failed.why}.`);
  };
  const by = desk.session.person.name;
  const full = ({ service, reasons }: Found): void => {
    const isFull = reasons.some(({ about }) => about === 'capacity');
    if (isFull)
      return void tell(
        { kind: 'takesAgain', service: service.id, by },
        `${service.name}: takes people again.`,
      );
    const report = {
      kind: 'cannotTake' as const,
      service: service.id,
      by,
      says: 'Cannot take anybody now',
      until: nextMorning(desk.now()),
    };
    void tell(report, `${service.name}: cannot take anybody until 08:00, told to every desk.`);
  };
  const wrong = (found: Found): void => {
    const { service, reasons } = found;
    const shown = reasons.map((reason) => reasonText(reason, now)).join('; ');
    const says = `Reported as wrong. It showed: ${shown}`.slice(0, 300);
    void tell(
      { kind: 'fault', service: service.id, by, says },
      `${service.name}: reported to whoever keeps the directory.`,
    );
  };
  const move = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    const names = [...(rows.current?.querySelectorAll<HTMLButtonElement>('.found-name') ?? [])];
    const at = names.findIndex((name) => name === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    const name = names[to ?? -1];
    if (at < 0 || name === undefined) return;
    event.preventDefault();
    name.focus();
  };
  const field = { all: areas, services, names };
  const goesBy = (of: 'home' | 'gp'): boolean =>
    services.some(({ eligibility }) => eligibility.areaOf === of);
  return (
    <section className="finder" aria-labelledby="finder-title">
      <h3 id="finder-title">In the directory</h3>
      <DirectoryAge state={state} now={now} />
      <div className="pair">
        <PlaceField
          place={places.now}
          label="Where they are now, for the distance"
          areaLabel="Which area they are in now"
          {...field}
        />
        <DraftRadios
          draftKey={`${prefix}:travel`}
          label="How they would travel"
          options={[
            { value: 'foot', title: 'On foot' },
            { value: 'road', title: 'By road' },
          ]}
        />
      </div>
      {goesBy('home') ? (
        <PlaceField
          place={places.home}
          label="Where they live"
          areaLabel="Which area they live in"
          {...field}
        />
      ) : null}
      {goesBy('gp') ? (
        <PlaceField
          place={places.gp}
          label="Their GP surgery, with its postcode"
          areaLabel="Which area their GP is in"
          {...field}
        />
      ) : null}
      {first === undefined ? null : (
        <DraftRadios
          draftKey={`${prefix}:${route}:as`}
          label="What Enter keeps"
          initial="second"
          options={[
            { value: 'first', title: 'Their choice' },
            { value: 'second', title: 'A second choice' },
          ]}
        />
      )}
      <p role="status" className={said === '' ? undefined : 'said'}>
        {said}
      </p>
      <Refused why={refused} />
      {why === undefined ? null : <p className="needed">No list: {why}. Check by hand below.</p>}
      <ol className="found-list" ref={rows} onKeyDown={move}>
        {list.map((found) => (
          <FoundRow
            key={found.service.id}
            found={found}
            now={now}
            ask={askFirst(found).flatMap((fact) => {
              const question = questionFor(fact, picture, content);
              return question === undefined ? [] : [{ fact, question }];
            })}
            onAsk={goQuestion}
            minutesKey={`${prefix}:minutes:${found.service.id}`}
            onChoose={() => choose(found)}
            onFull={() => full(found)}
            onWrong={() => wrong(found)}
          />
        ))}
      </ol>
    </section>
  );
}

/** Which areas the choice was gone by, the most local code of each: on record, because a place can be read wrongly (H20). */
function goneBy(places: FinderView['places']): { areas?: Partial<Record<'now' | 'home' | 'gp', string>> } {
  const areas: Partial<Record<'now' | 'home' | 'gp', string>> = {};
  for (const of of ['now', 'home', 'gp'] as const) {
    const code = places[of].areas?.[0];
    if (code !== undefined) areas[of] = code;
  }
  return Object.keys(areas).length === 0 ? {} : { areas };
}

/** The next 08:00 by clocks in England. */
function nextMorning(now: number): number {
  const { day, minute } = londonTime(now);
  return utcOf(minute < MORNING_MINUTES ? day : day + 1, MORNING_MINUTES, 'first');
}
