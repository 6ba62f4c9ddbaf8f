import { useEffect, useRef } from 'react';
import { type Practice } from '../../../shared/bridge/training.ts';
import { Typed } from '../../components/typed.tsx';
import { VOICES } from './voices.ts';
import { clockText } from '../../../shared/training/script/values.ts';

/** What has been heard, newest below. Heard by screen readers as it comes; the newest is always in sight. */
export function Transcript({
  practice,
}: {
  readonly practice: Pick<Practice, 'heard' | 'paused' | 'status'>;
}) {
  const log = useRef<HTMLDivElement>(null);
  const { heard, paused, status } = practice;
  const count = heard.length;
  useEffect(() => {
    if (count > 0 || paused) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [count, paused]);
  return (
    <div className="transcript" role="log" aria-label="What is said" tabIndex={0} ref={log}>
      {heard.length === 0 ? (
        <p className="small">
          {status === 'waiting' ? 'The call is not answered yet.' : 'Nobody has spoken yet.'}
        </p>
      ) : null}
      {heard.map((line, at) => (
        <p key={`${at}${line.callMs}`} className={`heard heard-${line.kind}`}>
          <time className="small">{clockText(line.callMs)}</time>{' '}
          {line.who === undefined ? null : <b>{VOICES[line.who]}:</b>} <Typed text={line.text} />
        </p>
      ))}
      {paused ? <p className="heard heard-paused">Paused. The clock stands still.</p> : null}
    </div>
  );
}
