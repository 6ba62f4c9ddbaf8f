import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import {
  type Debrief,
  type TimelineItem,
  type TimelineKind,
} from '../../../../shared/training/debrief/debrief-types.ts';
import { clockText } from '../../../../shared/training/script/values.ts';
import { VOICES } from '../voices.ts';
import { stepThrough } from '../../../keys/step-through.ts';

/** The lanes from top to bottom, and what stands in each. */
const LANES: readonly (readonly [title: string, kinds: readonly TimelineKind[]])[] = [
  ['Stages', ['stage', 'step', 'checkpoint', 'rewound']],
  ['Asked', ['asked']],
  ['Said', ['said', 'quiet']],
  ['Recorded', ['question', 'words', 'note', 'hint']],
  ['Happened', ['happened', 'inject', 'pause']],
  ['Looked for', ['expectation', 'critical']],
];
const KINDS: Readonly<Record<TimelineKind, string>> = {
  stage: 'Stage',
  question: 'Answer recorded',
  words: 'Their words',
  note: 'Note',
  step: 'Step',
  asked: 'Asked',
  said: 'Said',
  happened: 'Happened',
  inject: 'Desk',
  pause: 'Pause',
  checkpoint: 'Checkpoint',
  rewound: 'Taken back',
  hint: 'Hint',
  quiet: 'Quiet',
  expectation: 'Looked for',
  critical: 'Critical',
};
const WIDTH = 1000;
const LEFT = 100;
const LANE = 26;
/** Everything on one axis. The arrows go through it; a line in the picture follows. Both are printed. */
export function DebriefTimeline({ debrief }: { readonly debrief: Debrief }) {
  const id = useId();
  const { timeline, lastsMs } = debrief;
  const [wanted, setWanted] = useState(0);
  const last = timeline.length - 1;
  const at = Math.max(0, Math.min(wanted, last));
  const current = timeline[at];
  useEffect(() => {
    document.getElementById(`${id}${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  const step = (event: KeyboardEvent): void => {
    const to = stepThrough(event, at, last);
    if (to === undefined) return;
    event.preventDefault();
    setWanted(to);
  };
  return (
    <section aria-labelledby={`${id}title`} className="debrief-timeline">
      <h2 id={`${id}title`}>Timeline</h2>
      <Picture timeline={timeline} lastsMs={lastsMs} current={current} />
      {timeline.length === 0 ? (
        <p className="empty">Nothing happened in this practice.</p>
      ) : (
        <ol
          className="timeline debrief-items"
          role="listbox"
          aria-labelledby={`${id}title`}
          aria-activedescendant={`${id}${at}`}
          tabIndex={0}
          onKeyDown={step}
        >
          {timeline.map((item, place) => (
            <li
              key={`${place}${item.callMs}`}
              id={`${id}${place}`}
              role="option"
              aria-selected={place === at}
              className={item.undone === true ? 'undone' : undefined}
              onClick={() => setWanted(place)}
            >
              <time className="small">{clockText(item.callMs)}</time>
              <span className="small debrief-kind">{KINDS[item.kind]}</span>
              <span>
                {item.who === undefined ? null : <b>{VOICES[item.who]}: </b>}
                {item.undone === true ? <s>{item.text}</s> : item.text}
                {item.undone === true ? <span className="small"> taken back</span> : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Picture(props: {
  readonly timeline: readonly TimelineItem[];
  readonly lastsMs: number;
  readonly current: TimelineItem | undefined;
}) {
  const { timeline, lastsMs, current } = props;
  const end = Math.max(lastsMs, ...timeline.map(({ callMs }) => callMs), 60_000);
  const x = (ms: number): number => LEFT + (ms / end) * (WIDTH - LEFT - 24);
  const height = LANES.length * LANE + 24;
  const every = [1, 2, 5, 10, 20, 30].find((minutes) => end / 60_000 / minutes <= 12) ?? 60;
  const ticks = Array.from({ length: Math.floor(end / 60_000 / every) + 1 }, (_, n) => n * every * 60_000);
  return (
    <svg className="debrief-picture" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      {ticks.map((ms) => (
        <g key={ms}>
          <line className="axis" x1={x(ms)} x2={x(ms)} y1={0} y2={height - 20} />
          <text x={x(ms)} y={height - 5} textAnchor="middle">
            {clockText(ms)}
          </text>
        </g>
      ))}
      {LANES.map(([title, kinds], lane) => (
        <g key={title}>
          <text x={10} y={lane * LANE + 18}>
            {title}
          </text>
          {timeline.map((item, place) =>
            kinds.includes(item.kind) ? (
              <rect
                key={`${place}${item.callMs}`}
                className={`mark mark-${item.kind}${item.undone === true ? ' mark-undone' : ''}`}
                x={x(item.callMs)}
                y={lane * LANE + 6}
                width={Math.max(5, item.lastsMs === undefined ? 0 : x(item.lastsMs) - LEFT)}
                height={LANE - 12}
                rx={2}
              />
            ) : null,
          )}
        </g>
      ))}
      {current === undefined ? null : (
        <line className="cursor" x1={x(current.callMs)} x2={x(current.callMs)} y1={0} y2={height - 20} />
      )}
    </svg>
  );
}
