import { lineIsLost } from '../../call/facts.ts';
import { type CallSnapshot } from '../../call/machine.ts';
import { lastOf, type Picture, refOf } from '../../call/picture.ts';
import { startCall, step } from '../../call/replay.ts';
import { type Content } from '../../content/schema.ts';
import { type CallEvent, type Happening } from '../../events/event.ts';
import { type UtcMs } from '../../time.ts';
import { advance } from '../caller/caller.ts';
import { type Asking, type RunEntry } from '../caller/entries.ts';
import { type CallerInput, type CallerState, startCaller } from '../caller/state.ts';
import { type Fact } from '../script/caller-sheet.ts';
import { type TrainingScript } from '../script/schema.ts';
import { recordedAnswer } from './answers.ts';

/** Typing, and choosing. */
const RECORDING_MS = 2000;
/** A breath after the caller has finished, before the answer is on record. */
const LISTENING_MS = 1500;

/** The quiet that somebody leaves who asks well. */
const PATIENCE_MS = 2500;

export interface RehearsalOptions {
  readonly script: TrainingScript;
  readonly content: Content;
  readonly seed: number;
  readonly startAt: UtcMs;
  /** Makes an event of the call’s log; seals are the caller’s business. */
  readonly make: (happening: Happening, at: UtcMs) => CallEvent;
  /** heard: the handler records what the caller said. ledger: they record what is true, whether it was said or not. */
  readonly knows: 'heard' | 'ledger';
  /** Answers that are different from the ledger, by question. */
  readonly instead?: ReadonlyMap<string, Fact['answer']>;
}

export interface Refused {
  readonly happening: Happening;
  readonly why: string;
}

/**
 * A desk without a screen: the real call machine on one side and the simulated caller on the other, under a clock of its
 * own. What the machine refuses is listed and not recorded.
 */
export class RehearsalDesk {
  readonly events: CallEvent[] = [];
  readonly run: RunEntry[] = [];
  readonly refused: Refused[] = [];
  readonly heard = new Set<string>();
  readonly options: RehearsalOptions;
  caller: CallerState;
  #snapshot: CallSnapshot;
  #now: UtcMs;

  constructor(options: RehearsalOptions) {
    this.options = options;
    this.#now = options.startAt;
    this.#snapshot = startCall(options.content);
    this.caller = startCaller(options.seed);
    const channel = options.script.caller.channel ?? 'phone';
    this.#put({ type: 'call.offered', data: { channel, source: 'handler' } });
    this.#put({ type: 'call.answered', data: {} });
  }

  get picture(): Picture {
    return this.#snapshot.context.picture;
  }
  get snapshot(): CallSnapshot {
    return this.#snapshot;
  }
  get now(): UtcMs {
    return this.#now;
  }

  wait(ms: number): void {
    this.#now += ms;
    this.input({ kind: 'tick', at: this.#now });
  }

  /** Everything said first: nobody records over somebody who is speaking. */
  listen(): void {
    const { zero, speakingUntilMs } = this.caller;
    this.#now = Math.max(this.#now, zero + speakingUntilMs) + LISTENING_MS;
    this.input({ kind: 'tick', at: this.#now });
  }

  /** Whether the machine took it. */
  record(happening: Happening): boolean {
    this.#now += RECORDING_MS;
    return this.#put(happening);
  }

  ask(id: string, how?: Asking): boolean {
    const { script, content, knows, instead } = this.options;
    const question = content.question(id);
    if (question === undefined) return false;
    if (how !== 'rushed') this.listen();
    if (how === 'well') this.wait(PATIENCE_MS);
    this.input({
      kind: 'asked',
      at: this.#now,
      question: id,
      by: 'trainee',
      ...(how === undefined ? {} : { how }),
    });
    if (how !== 'rushed') this.listen();
    const answer = recordedAnswer(
      script,
      content,
      question,
      (fact) => knows === 'ledger' || this.heard.has(fact.id),
    );
    const state = instead?.get(id) ?? answer.state;
    return this.record({ type: 'answer.recorded', data: { ...answer, state } });
  }

  confirm(line: string, how?: Asking): void {
    this.input({ kind: 'confirmIntent', at: this.#now, line, ...(how === undefined ? {} : { how }) });
    this.listen();
  }

  /** The newest hand-over, for whoever answers it. */
  answerHandover(answer: (handover: ReturnType<typeof refOf>) => Happening): boolean {
    const sent = lastOf(this.picture, 'handover.sent');
    if (sent === undefined) return false;
    return this.record(answer(refOf(sent)));
  }

  /** Does what a service asks of somebody who loses a caller: says so, and rings back twice. */
  ringBack(): void {
    if (this.caller.isLineOpen || lineIsLost(this.picture)) return;
    if (!this.record({ type: 'line.dropped', data: {} })) return;
    for (let tries = 0; tries < 2 && !this.caller.isLineOpen; tries += 1) {
      this.wait(60_000);
      this.record({ type: 'callBack.attempted', data: { result: 'noAnswer' } });
      this.wait(30_000);
    }
    if (this.caller.isLineOpen) this.record({ type: 'callBack.reached', data: {} });
  }

  input(input: CallerInput): void {
    const next = advance(this.options.script, this.caller, input);
    this.caller = next.state;
    for (const entry of next.entries) {
      this.run.push(entry);
      if (entry.kind === 'said') for (const fact of entry.reveals) this.heard.add(fact);
    }
  }

  #put(happening: Happening): boolean {
    const event = this.options.make(happening, this.#now);
    const next = step(this.#snapshot, event, this.options.content);
    if (!next.allowed) {
      this.refused.push({ happening, why: next.why });
      return false;
    }
    this.#snapshot = next.snapshot;
    this.events.push(event);
    this.input({ kind: 'event', event });
    return true;
  }
}
