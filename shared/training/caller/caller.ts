import { type CallEvent } from '../../events/event.ts';
import { assertNever } from '../../result.ts';
import { DEFAULT_STOP_WORD, type TrainingScript } from '../script/schema.ts';
import { msOf } from '../script/values.ts';
import { drawn, speakingMs } from './draw.ts';
import { type Due, nextDue, quietSince } from './due.ts';
import { type Asking, type RunEntry } from './entries.ts';
import { answersTo, lineOf } from './lines.ts';
import { MOST_CHECKPOINTS } from './refusal.ts';
import { keysOf, withSeen } from './seen.ts';
import {
  callMsAt,
  type CallerInput,
  type CallerState,
  type CallerStep,
  type InjectByHand,
  UNTIL_A_LINE,
  type Voice,
} from './state.ts';

/** A question after that much quiet was asked well, where nobody judges it. */
const WELL_AFTER_MS = 3000;

type By = 'script' | 'trainer';

/**
 * THE SIMULATED CALLER. Pure: the same script, seed and inputs give the same words at the same times. Whatever was due
 * before an input happens first, in the order of its times, so a tick that comes late changes nothing but when it is seen.
 * Inputs come in order of time; one that does not apply now (a word to somebody who hung up) leaves its trace and no reply.
 */
export function advance(script: TrainingScript, before: CallerState, input: CallerInput): CallerStep {
  if (before.status === 'stopped') return { state: before, entries: [] };
  const at = input.kind === 'event' ? input.event.at : input.at;
  const run = new Run(script, before, at);
  if (before.status !== 'waiting' && before.pausedAt === undefined) run.until(callMsAt(before, at));
  run.take(input, at);
  return { state: run.state, entries: run.entries };
}

/** One input's work. It holds the state while it grows; nothing of it outlives `advance`. */
class Run {
  readonly entries: RunEntry[] = [];
  readonly script: TrainingScript;
  state: CallerState;

  readonly #at: number;

  constructor(script: TrainingScript, state: CallerState, at: number) {
    this.script = script;
    this.state = state;
    this.#at = at;
  }

  /** Everything that comes by itself up to that time. Each comes once, so this ends. */
  until(callMs: number): void {
    for (let due = nextDue(this.script, this.state); due !== undefined && due.callMs <= callMs;) {
      this.set({ nowMs: Math.max(this.state.nowMs, due.callMs) });
      this.come(due, 'script');
      due = nextDue(this.script, this.state);
    }
    this.set({ nowMs: Math.max(this.state.nowMs, callMs) });
  }

  take(input: CallerInput, at: number): void {
    switch (input.kind) {
      case 'event':
        return this.hear(input.event);
      case 'asked':
        return this.ask(input.question, input.how, input.by);
      case 'confirmIntent':
        return this.confirm(input.line, input.how ?? 'plain');
      case 'tick':
        return undefined;
      case 'sayLine':
        return this.sayLine(input.line, 'trainer');
      case 'typeLine':
        if (hasStopWord(this.script, input.text)) return this.stop('stopWord');
        return this.say(input.who, input.text, [], 'trainer');
      case 'fire':
        return this.fire(input.id);
      case 'inject':
        return this.byHand(input.does);
      case 'hint':
        return this.note({ kind: 'hinted', ...this.times(), text: input.text });
      case 'pause':
        return this.pause(at, input.why);
      case 'resume':
        return this.resume(at);
      case 'checkpoint':
        return this.checkpoint(input.title);
      case 'rewind':
        return this.rewind(input.checkpoint, at);
      case 'stop':
        return this.stop(input.why);
      default:
        return assertNever(input);
    }
  }

  private hear(event: CallEvent): void {
    if (event.type === 'call.answered' && this.state.status === 'waiting') {
      this.set({ status: 'talking', zero: event.at });
      return this.until(0);
    }
    if (this.state.status === 'waiting') return;
    const wasAsked =
      event.type === 'answer.recorded' && this.state.seen[`asked:${event.data.question}`] !== undefined;
    if (event.type === 'answer.recorded' && event.data.state !== 'couldNotAsk' && !wasAsked)
      this.ask(event.data.question, 'plain', 'record');
    this.see(keysOf(event));
    this.set({ lastActivityMs: this.state.nowMs });
    if (event.type === 'note.added' && hasStopWord(this.script, event.data.text))
      return this.stop('stopWord');
    if (event.type === 'stage.entered') this.checkpoint(event.data.stage);
    if (event.type === 'line.dropped') this.set({ isLineOpen: false, queue: [] });
    if (event.type === 'callBack.reached') this.set({ isLineOpen: true });
    if (event.type === 'call.closed') this.set({ status: 'ended', queue: [] });
    this.until(this.state.nowMs);
  }

  private ask(question: string, how: Asking | undefined, by: 'trainee' | 'trainer' | 'record'): void {
    if (this.state.status === 'waiting') return;
    const judged = how ?? this.pace();
    this.note({ kind: 'asked', ...this.times(), question, how: judged, by });
    const lines = answersTo(this.script, this.state, question, judged);
    this.see([`asked:${question}`]);
    this.set({ lastActivityMs: this.state.nowMs });
    if (!this.canReply()) return;
    if (lines.length > 0) return this.reply(lines);
    // A question that the record alone shows was put and answered in the trainee's own way: no need to say so.
    if (by === 'record') return;
    const words = this.script.ifNothingFits;
    this.say('caller', this.draw(words), [], 'script');
  }

  private confirm(id: string, how: Asking): void {
    if (this.state.status === 'waiting') return;
    const line = lineOf(this.script, id);
    if (line === undefined) return;
    this.note({ kind: 'asked', ...this.times(), line: id, how, by: 'trainer' });
    this.set({ lastActivityMs: this.state.nowMs });
    const isWithheld = line.list === 'onlyIfAskedWell' && how !== 'well';
    if (this.canReply() && !isWithheld) this.reply([id]);
  }

  /** The first is said now, cutting off what was being said; what follows waits until it is finished. */
  private reply([first, ...rest]: readonly string[]): void {
    if (first !== undefined) this.sayLine(first, 'script');
    this.set({ queue: rest });
  }

  private pace(): Asking {
    if (this.state.nowMs < this.state.speakingUntilMs) return 'rushed';
    return this.state.nowMs - quietSince(this.state) >= WELL_AFTER_MS ? 'well' : 'plain';
  }

  private canReply(): boolean {
    const { status, isLineOpen, silentUntilMs, nowMs, pausedAt } = this.state;
    return status === 'talking' && isLineOpen && silentUntilMs <= nowMs && pausedAt === undefined;
  }

  private come(due: Due, by: By): void {
    if (due.what !== 'line') return this.happen(due.id, by);
    this.set({ queue: this.state.queue.filter((id) => id !== due.id) });
    this.sayLine(due.id, by);
  }

  private sayLine(id: string, by: By): void {
    const line = lineOf(this.script, id);
    if (line === undefined || this.state.status === 'waiting') return;
    this.say(line.who, this.draw([line.say, ...line.orSay]), line.reveals, by, id);
    this.see([`said:${id}`]);
  }

  private say(who: Voice, text: string, reveals: readonly string[], by: By, line?: string): void {
    if (this.state.status === 'waiting') return;
    const lastsMs = speakingMs(text);
    const { nowMs } = this.state;
    this.note({
      kind: 'said',
      ...this.times(),
      ...(line === undefined ? {} : { line }),
      who,
      text,
      reveals: [...reveals],
      by,
      lastsMs,
    });
    this.set({
      speakingUntilMs: nowMs + lastsMs,
      lastActivityMs: nowMs,
      silentUntilMs: Math.min(this.state.silentUntilMs, nowMs),
    });
  }

  private fire(id: string): void {
    if (this.state.status !== 'waiting') this.happen(id, 'trainer');
  }

  private happen(id: string, by: By): void {
    const event = this.script.events?.find((item) => item.id === id);
    const inject = this.script.injects?.find((item) => item.id === id);
    if (event !== undefined) {
      const lastsMs = event.lasts === undefined ? undefined : msOf(event.lasts);
      const { does, what } = event;
      this.note({
        kind: 'happened',
        ...this.times(),
        id,
        does,
        what,
        by,
        ...(lastsMs === undefined ? {} : { lastsMs }),
      });
      if (does === 'silence')
        this.set({
          silentUntilMs: lastsMs === undefined ? UNTIL_A_LINE : this.state.nowMs + lastsMs,
          queue: [],
        });
      else this.set({ lastActivityMs: this.state.nowMs });
      if (does === 'hangUp' || does === 'cutOff')
        this.set({ isLineOpen: false, queue: [], speakingUntilMs: this.state.nowMs });
      if (does === 'answersCallBack') this.set({ isLineOpen: true });
    } else if (inject !== undefined) {
      const { does, service } = inject;
      this.note({
        kind: 'injected',
        ...this.times(),
        id,
        does,
        by,
        ...(service === undefined ? {} : { service }),
      });
    }
    this.see([`happened:${id}`]);
  }

  private byHand(does: InjectByHand): void {
    if (this.state.status === 'waiting') return;
    this.note({ kind: 'injected', ...this.times(), id: 'byHand', does, by: 'trainer' });
  }

  private stop(why: Extract<CallerInput, { kind: 'stop' }>['why']): void {
    this.note({ kind: 'stopped', ...this.times(), why });
    this.set({ status: 'stopped', queue: [] });
  }

  private pause(at: number, why: 'restart' | undefined): void {
    if (this.state.status === 'waiting' || this.state.pausedAt !== undefined) return;
    this.note({ kind: 'paused', ...this.times(), ...(why === undefined ? {} : { why }) });
    this.set({ pausedAt: at });
  }

  private resume(at: number): void {
    const { pausedAt, ...running } = this.state;
    if (pausedAt === undefined) return;
    this.state = { ...running, zero: running.zero + (at - pausedAt) };
    this.note({ kind: 'resumed', ...this.times() });
  }

  private checkpoint(title: string): void {
    const { checkpoints, ...saved } = this.state;
    if (saved.status === 'waiting' || checkpoints.length >= MOST_CHECKPOINTS) return;
    const id = `cp${checkpoints.length + 1}`;
    this.note({ kind: 'checkpoint', ...this.times(), id, title });
    this.set({ checkpoints: [...checkpoints, { id, title, callMs: saved.nowMs, saved }] });
  }

  private rewind(id: string, at: number): void {
    const { checkpoints, nowMs: fromMs, pausedAt } = this.state;
    const found = checkpoints.findIndex((item) => item.id === id);
    const point = checkpoints[found];
    if (point === undefined) return;
    const { pausedAt: _then, ...saved } = point.saved;
    this.state = {
      ...saved,
      zero: (pausedAt ?? at) - point.callMs,
      ...(pausedAt === undefined ? {} : { pausedAt }),
      checkpoints: checkpoints.slice(0, found + 1),
    };
    this.note({ kind: 'rewound', at, callMs: point.callMs, checkpoint: id, fromMs });
  }

  private draw(wordings: readonly string[]): string {
    const { seed, draws } = this.state;
    this.set({ draws: draws + 1 });
    return wordings[Math.floor(drawn(seed, draws) * wordings.length)] ?? '';
  }

  private times(): { at: number; callMs: number } {
    const { zero, nowMs, pausedAt } = this.state;
    return { at: pausedAt === undefined ? zero + nowMs : this.#at, callMs: nowMs };
  }

  private see(keys: readonly string[]): void {
    this.set({ seen: withSeen(this.state.seen, keys, this.state.nowMs) });
  }

  private set(changes: Partial<CallerState>): void {
    this.state = { ...this.state, ...changes };
  }

  private note(entry: RunEntry): void {
    this.entries.push(entry);
  }
}

/** Whether somebody wrote the stop word, in a note or a line: then the practice ends at once. */
const hasStopWord = ({ stopWord = DEFAULT_STOP_WORD }: TrainingScript, text: string): boolean =>
  text.toLocaleLowerCase('en-GB').includes(stopWord.toLocaleLowerCase('en-GB'));
