import { useState } from 'react';
import { type ConsoleView } from '../../../shared/bridge/training.ts';
import { type Inject } from '../../../shared/training/script/happenings.ts';
import { clockText } from '../../../shared/training/script/values.ts';
import { moveFocus } from './move-focus.ts';
import { type Act } from './use-console.ts';

const INJECTS: Readonly<Record<Inject['does'], string>> = {
  networkDrops: 'Network drops',
  networkReturns: 'Network returns',
  hubSlow: 'Hub slow',
  hubNormal: 'Hub as usual',
  serviceFull: 'Service takes nobody more',
  entryStale: 'Entry turns out to be old',
  windowCrash: 'Window crashes',
};

/** What the trainer makes happen, in the call and to the desk; and back to a checkpoint. */
export function Happenings(props: { readonly view: ConsoleView; readonly act: Act }) {
  const { view, act } = props;
  const { script, done, checkpoints } = view;
  const [point, setPoint] = useState('');
  const nameOf = (id: string | undefined): string =>
    script.localServices?.find((service) => service.id === id)?.name ?? '';
  const isDone = (id: string): string => (done.includes(id) ? ' (was)' : '');
  return (
    <section
      className="console-happenings"
      aria-label="What happens"
      onKeyDown={(event) => moveFocus(event, event.currentTarget)}
    >
      <div>
        <h2>In the call</h2>
        <div className="row wrap">
          {(script.events ?? []).map(({ id, what }) => (
            <button
              key={id}
              type="button"
              className="button small-button"
              onClick={() => void act({ kind: 'fire', id })}
            >
              {what}
              {isDone(id)}
            </button>
          ))}
          {(script.events ?? []).length === 0 ? <span className="small">This script has none.</span> : null}
        </div>
      </div>
      <div>
        <h2>To the desk</h2>
        <div className="row wrap">
          {(script.injects ?? []).map(({ id, does, service }) => (
            <button
              key={id}
              type="button"
              className="button small-button"
              onClick={() => void act({ kind: 'fire', id })}
            >
              {INJECTS[does]} {nameOf(service)}
              {isDone(id)}
            </button>
          ))}
          <button
            type="button"
            className="button small-button"
            onClick={() => void act({ kind: 'line', line: view.line === 'away' ? 'there' : 'away' })}
          >
            {view.line === 'away' ? 'Plug the network in' : 'Pull the network'}
          </button>
          <button
            type="button"
            className="button small-button"
            onClick={() => void act({ kind: 'line', line: view.line === 'slow' ? 'there' : 'slow' })}
          >
            {view.line === 'slow' ? 'Hub quick again' : 'Slow the hub'}
          </button>
          <button type="button" className="button small-button" onClick={() => void act({ kind: 'crash' })}>
            Crash the window
          </button>
        </div>
      </div>
      <div>
        <h2>Take back</h2>
        <div className="row wrap">
          <button
            type="button"
            className="button small-button"
            disabled={view.practice.status !== 'talking'}
            onClick={() =>
              void act({ kind: 'checkpoint', title: `Marked at ${clockText(view.practice.callMs)}` })
            }
          >
            Mark this moment
          </button>
          <label className="row">
            <span className="small">Checkpoint</span>
            <select value={point} onChange={(event) => setPoint(event.target.value)}>
              <option value="">none chosen</option>
              {checkpoints.map(({ id, title, callMs }) => (
                <option key={id} value={id}>
                  {clockText(callMs)} {title}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="button small-button"
            disabled={
              point === '' || view.practice.status === 'waiting' || view.practice.status === 'stopped'
            }
            onClick={() => {
              void act({ kind: 'rewind', checkpoint: point });
              setPoint('');
            }}
          >
            Take the call back to it
          </button>
        </div>
      </div>
    </section>
  );
}
