import { z } from 'zod';
import { type HubState } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { problemSchema } from '../../../shared/problem.ts';
import {
  CODES,
  enrolResponse,
  flag,
  pushResponse,
  PROTOCOL_VERSION,
  streamHead,
} from '../../../shared/sync/protocol.ts';
import { type Timers, type UtcMs, utcMs } from '../../../shared/time.ts';
import { type HubLink } from '../../ports/hub-link.ts';
import { type PersonAtHub } from '../../ports/sessions.ts';
import { type Log } from '../../ports/log.ts';
import { type DeskIdentity } from '../desk-identity.ts';
import { callsAtHub } from './calls.ts';
import { directoryAtHub } from './directory.ts';
import { isPersonStale, proofs, sessionTeller } from './person.ts';
import { heartbeatMs, nextReach, type Sign, startState } from './reach.ts';
import { askHub, type HubAnswer, type HubRequest, type HubWire } from './request.ts';

/** The parts of the hub's lists that a person at the desk is shown: never the item itself. */
const doubt = { seq: z.int(), problem: problemSchema, receivedAt: utcMs };
const flagsPage = z.object({ items: z.array(flag), next: z.int().nullable() });
const quarantinePage = z.object({ items: z.array(z.object(doubt)), next: z.int().nullable() });

export interface HubLinkOptions {
  readonly wire: HubWire;
  readonly timers: Timers;
  readonly log: Log;
  readonly identity: DeskIdentity;
  /** Works once: registers this desk's key when the hub does not know it. */
  readonly enrolCode?: string | undefined;
  /** What people call this desk at the hub. */
  readonly deskName: string;
  /** Who sits at it; absent in a demonstration. */
  readonly person?: PersonAtHub | undefined;
}

/** The desk's line to the hub. Every answer is a Result; see `askHub` for the faults. */
export function createHubLink(options: HubLinkOptions): HubLink {
  const { wire, timers, log, identity, enrolCode, deskName, person } = options;
  let state = startState(wire.clock.now());
  /** What the hub's clock shows more than ours (ms), once it has refused an assertion for its time. */
  let clockOff = 0;
  let lastAnswerAt: UtcMs | undefined;
  const answeredAt = (): Pick<HubState, 'lastAnswerAt'> =>
    lastAnswerAt === undefined ? {} : { lastAnswerAt };
  /** Who is told of changes, while the link is running. */
  let listener: ((state: HubState) => void) | undefined;
  let cancelBeat: (() => void) | undefined;

  function notice(sign: Sign): void {
    const next = nextReach(state, sign, wire.clock.now());
    if (sign.answered) lastAnswerAt = wire.clock.now();
    if (sign.answered && person !== undefined) void tellSession();
    if (next === state) return;
    state = { ...next, ...(clockOff === 0 ? {} : { clockOffMs: clockOff }), ...answeredAt() };
    listener?.(state);
  }

  async function ask<T>(request: HubRequest<T>): Promise<HubAnswer<T>> {
    const answer = await askHub(wire, request);
    notice(answer.sign);
    return answer;
  }

  /** As this desk; a hub that does not know it is told once, when there is a code for it. */
  async function askAsDesk<T>(request: HubRequest<T>): Promise<Result<T, Fault>> {
    const signed = async (): Promise<HubAnswer<T>> =>
      ask({ ...request, headers: { ...request.headers, ...(await proofs(identity, clockOff, person)) } });
    let first = await signed();
    if (first.problemCode === CODES.assertionExpired && first.hubTime !== undefined) {
      // This PC's clock is wrong: from now on assertions are signed with the hub's time. Events keep their own.
      learnClock(first.hubTime - wire.clock.now());
      first = await signed();
    }
    // Used up by a try whose answer was lost on the way.
    if (first.problemCode === CODES.assertionUsed) first = await signed();
    if (isPersonStale(first.problemCode) && (await person?.renew()) === true) first = await signed();
    const mayEnrol = [CODES.unknownDesk, CODES.enrolmentExpired].some((code) => code === first.problemCode);
    if (!mayEnrol || enrolCode === undefined) return first.result;
    const enrolled = await enrol(enrolCode);
    return enrolled.ok ? (await signed()).result : enrolled;
  }

  function learnClock(off: number): void {
    clockOff = off;
    log.warn({
      code: 'hub.clock',
      message: 'the clock of this PC is not the hub’s: assertions follow the hub’s',
    });
    state = { ...state, clockOffMs: off };
    listener?.(state);
  }

  const tellSession = sessionTeller(person, (request) => askAsDesk(request));

  let enrolling: Promise<Result<unknown, Fault>> | undefined;
  /** Two requests that are refused together enrol once: the code works once. */
  function enrol(code: string): Promise<Result<unknown, Fault>> {
    enrolling ??= postEnrolment(code).finally(() => (enrolling = undefined));
    return enrolling;
  }

  async function postEnrolment(code: string): Promise<Result<unknown, Fault>> {
    const { desk, publicKey } = identity;
    const body = { v: PROTOCOL_VERSION, code, desk, name: deskName, publicKey };
    const { result } = await ask({ method: 'POST', path: '/v1/desks', body, answer: enrolResponse });
    if (result.ok) log.info({ code: 'hub.enrolled', message: 'this desk is now known to the hub' });
    else
      log.warn({
        code: 'hub.notEnrolled',
        field: result.error.field,
        message: 'the hub refused to enrol this desk',
      });
    return result;
  }

  async function beat(): Promise<void> {
    const { sign, result } = await askHub(wire, {
      method: 'GET',
      path: '/v1/health/live',
      answer: z.unknown(),
    });
    const isOther = !result.ok && result.error.code === 'hub.refused';
    notice(
      isOther ? { answered: false, why: 'something other than a Lantern hub answers at its address' } : sign,
    );
    if (listener !== undefined) cancelBeat = timers.after(heartbeatMs(state), () => void beat());
  }

  return {
    state: () => ({ ...state, ...answeredAt() }),
    head: (stream) => askAsDesk({ method: 'GET', path: `/v1/streams/${stream}`, answer: streamHead }),
    push: ({ stream, from, events }) =>
      askAsDesk({
        method: 'POST',
        path: `/v1/streams/${stream}/events`,
        body: { v: PROTOCOL_VERSION, from, events, clock: wire.clock.now() },
        answer: pushResponse,
      }),
    async enrol(code) {
      const enrolled = await enrol(code);
      if (!enrolled.ok) return enrolled;
      // Whoever waits to send is woken: the state is told again as if the hub had come back.
      listener?.(state);
      return ok({});
    },
    async doubts(stream) {
      const flags = await askAsDesk({
        method: 'GET',
        path: `/v1/streams/${stream}/flags?limit=200`,
        answer: flagsPage,
      });
      if (!flags.ok) return flags;
      const path = `/v1/streams/${stream}/quarantine?limit=200`;
      const quarantine = await askAsDesk({ method: 'GET', path, answer: quarantinePage });
      if (!quarantine.ok) return quarantine;
      const isMore = flags.value.next !== null || quarantine.value.next !== null;
      return ok({ flags: flags.value.items, quarantine: quarantine.value.items, isMore });
    },
    calls: callsAtHub(askAsDesk, wire.url),
    directory: directoryAtHub(askAsDesk),
    start(changed) {
      listener = changed;
      void beat();
    },
    stop() {
      listener = undefined;
      cancelBeat?.();
    },
  };
}
