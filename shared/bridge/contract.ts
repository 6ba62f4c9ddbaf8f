import { z } from 'zod';
import { keyId } from '../boxes/box.ts';
import { envelope } from '../events/event.ts';
import { author, shortText } from '../events/vocabulary.ts';
import { callId, deskId, sha256Hex, streamId } from '../ids.ts';
import {
  callEventsPage,
  callHolder,
  enrolRequest,
  flag,
  lease,
  leaseUse,
  MAX_BATCH_EVENTS,
  pushResponse,
  receipt,
  sentItem,
  streamHead,
  takeOverReason,
} from '../sync/protocol.ts';
import { MAX_PURGED_AT_ONCE, purgeCall, purgedStream } from '../sync/purge.ts';
import { teamPage } from '../sync/team.ts';
import { settings } from '../policy/policy.ts';
import { policyReport } from '../policy/report.ts';
import { policyMethods } from './policy.ts';
import { directoryMethods, directoryState } from './directory.ts';
import { trainingEvents, trainingMethods } from './training.ts';
import { problemSchema } from '../problem.ts';
import { referralsPage } from '../referral/exchange.ts';
import { stake } from '../sync/leaving.ts';
import { session, sessionMethods } from './session.ts';
import { utcMs } from '../time.ts';

/**
 * THE BRIDGE: every method the window may call in the main process, and every event it may hear.
 * This is the one file to edit for a new crossing; `main/handlers.ts` answers it in one line.
 * Both ends parse: input on arrival in main, output on arrival in the window.
 */

const head = z.strictObject({ seq: z.int().min(0), hash: sha256Hex });

/** What this host can and cannot do, as data, so that a screen hides what is missing. */
export const hostDescription = z.strictObject({
  host: z.enum(['electron', 'browser']),
  version: z.string(),
  desk: deskId,
  profile: z.strictObject({
    /** Names the window's database and the profile folder: one writer, one stream. */
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes'),
    /** `training`: practice calls in a world of their own, marked on every screen, print and export. */
    kind: z.enum(['development', 'live', 'training']),
  }),
  capabilities: z.strictObject({
    /** What protects the data key: the OS key store, a passphrase, or a file only this user may read. */
    keyStore: z.enum(['os', 'passphrase', 'file']),
    deepLinks: z.boolean(),
    /** `host`: `host.print` works, and says what came of it. `page`: the browser prints, and says nothing. */
    print: z.enum(['host', 'page']),
  }),
  /** Sentences the window shows about what this host lacks. */
  notices: z.array(z.string()),
  /** Days after which policy has the local copies of a call taken off this PC; absent: never. */
  purgeAfterDays: z.number().positive().exactOptional(),
  /** What the service is called in letters and messages; absent: the organisation has not said. */
  service: shortText.exactOptional(),
});
export type HostDescription = z.infer<typeof hostDescription>;

/** The downtime pack on this PC's disk. */
export const packStatus = z.strictObject({
  /** A plain folder that IT can reach. */
  folder: z.string(),
  file: z.string(),
  /** Since this program was started; absent: not written yet. */
  writtenAt: utcMs.optional(),
  /** Why it could not be written, the last time it was tried. */
  problem: z.string().optional(),
});
export type PackStatus = z.infer<typeof packStatus>;

export const hubState = z.strictObject({
  reach: z.enum(['unknown', 'reachable', 'away']),
  /** Since when it has been so. */
  since: utcMs,
  /** When the hub last answered this desk since it was started; absent: not yet. */
  lastAnswerAt: utcMs.optional(),
  /** Why it is away, in words for a person, when it is. */
  why: z.string().optional(),
  /** What the hub's clock shows more than this PC's (ms), once the hub has said so. */
  clockOffMs: z.int().optional(),
});
export type HubState = z.infer<typeof hubState>;

/** Longer than any event may carry: a paste that has to be shortened first is kept meanwhile. UTF-16 units. */
export const MAX_DRAFT = 200_000;

/** Text somebody has begun to type and not yet kept. `key` names the field it belongs to. */
export const draft = z.strictObject({
  key: z.string().min(1).max(200),
  text: z.string().max(MAX_DRAFT),
  at: utcMs,
});
export type Draft = z.infer<typeof draft>;

/** Something outside asks this desk to open a call: a `lantern://call` link or the telephone system. */
export const callOffer = z.strictObject({
  source: z.enum(['deepLink', 'telephony']),
  number: z.string().max(40).optional(),
  waitedMs: z.int().min(0).optional(),
});
export type CallOffer = z.infer<typeof callOffer>;

const nothing = z.strictObject({});

export const methods = {
  'host.describe': { input: nothing, output: hostDescription },
  /**
   * Prints what the window shows now, or keeps it as a PDF where the person says. `done` is false when they thought
   * better of it. Faults: print.unsupported, print.failed.
   */
  'host.print': {
    input: z.strictObject({ how: z.enum(['printer', 'pdf']), title: z.string().min(1).max(120) }),
    output: z.strictObject({ done: z.boolean() }),
  },
  /** Keeps a text as a file where the person says, for this user alone. `done` is false when they thought better of it. */
  'host.save': {
    input: z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9 ._-]{1,120}$/, 'must be a plain file name'),
      text: z.string().max(4_000_000),
    }),
    output: z.strictObject({ done: z.boolean() }),
  },
  ...sessionMethods,
  /** The window says what would be left behind now, for whoever is asked to end, update or reset the program. */
  'leaving.stake': { input: stake, output: nothing },
  /**
   * The profile's data keys, for the window's own copy: raw bytes on their way to being non-extractable. Ask after
   * `session.current`: nobody's records are opened before somebody is signed in.
   */
  'keys.open': {
    input: nothing,
    output: z.strictObject({
      current: keyId,
      keys: z.array(z.strictObject({ id: keyId, key: z.base64().length(44) })).min(1),
    }),
  },
  'settings.get': { input: nothing, output: settings },
  /** Fault `settings.locked`: the organisation has set that one. */
  'settings.set': { input: settings, output: settings },
  ...policyMethods,

  /** What the window's browser says of the room for its database (bytes), for whoever asks `lantern diagnose`. */
  'health.storage': {
    input: z.strictObject({ usage: z.int().min(0), quota: z.int().min(0) }),
    output: nothing,
  },

  'pack.status': { input: nothing, output: packStatus },
  /** Writes the downtime pack anew. Fault: pack.writeFailed. */
  'pack.write': { input: nothing, output: packStatus },

  /**
   * The journal's stream, chosen or made at first use, and where the journal has it. A journal that holds nothing
   * yet (a lost or new profile folder) takes `known`, the stream the window's database has, so that it can be
   * rebuilt from there by `journal.append` from number 1. A journal with a stream of its own ignores `known`.
   */
  'journal.open': {
    input: z.strictObject({ known: streamId.optional() }),
    output: z.strictObject({
      stream: streamId,
      head,
      /** How far the hub has it, as kept here by `journal.acknowledge`; the window's database may know better. */
      acked: z.int().min(0),
      receipt: receipt.optional(),
      /** What was found wrong and mended when the journal was opened, in words. */
      repairs: z.array(z.string()),
    }),
  },
  /** Answers once the events are on the disk (fsync). They must follow on from the journal's head. */
  'journal.append': {
    input: z.strictObject({ events: z.array(envelope).min(1).max(MAX_BATCH_EVENTS) }),
    output: z.strictObject({ head }),
  },
  /**
   * Events after `after`, in order, at most `limit`; of `stream`, or of the present one. A number that cannot be read
   * is left out. A stream that the journal does not keep has no events.
   */
  'journal.read': {
    input: z.strictObject({
      stream: streamId.optional(),
      after: z.int().min(0),
      limit: z.int().min(1).max(MAX_BATCH_EVENTS),
    }),
    output: z.strictObject({
      events: z.array(envelope),
      /** Numbers that are there, under a key that this PC does not hold now: not lost. */
      locked: z.array(z.int().min(1)),
    }),
  },
  /** Every stream that the journal keeps, the present one and those that were set aside. */
  'journal.streams': { input: nothing, output: z.strictObject({ streams: z.array(streamId) }) },
  /** Keeps how far the hub has a stream, for when the window's database cannot. It never shrinks. */
  'journal.acknowledge': {
    input: z.strictObject({ stream: streamId, acked: z.int().min(1), receipt: receipt.optional() }),
    output: nothing,
  },
  /** Numbers that were purged: in neither copy, and not lost. */
  'journal.purged': { input: nothing, output: z.strictObject({ streams: z.array(purgedStream) }) },
  /**
   * Takes closed, sent calls off this PC, where policy asks for it; asks the hub first. What stays is named with the
   * reason. Faults: hub.away and the others of the hub: then nothing was purged.
   */
  'journal.purge': {
    input: z.strictObject({ calls: z.array(purgeCall).max(MAX_PURGED_AT_ONCE) }),
    output: z.strictObject({
      purged: z.array(callId),
      kept: z.array(z.strictObject({ call: callId, why: z.string() })),
    }),
  },
  /** Sets the present stream aside (nothing is deleted) and starts another: see `decideStream`. */
  'journal.newStream': {
    input: z.strictObject({ reason: shortText }),
    output: z.strictObject({ stream: streamId, head }),
  },

  /**
   * Answers once the text is on the disk. `by`: whose it is, as the window that it was typed in knows them; somebody else may
   * be signed in by now. Drafts are given to nobody but their writer.
   */
  'drafts.save': { input: draft.extend({ by: author.shape.id }), output: nothing },
  'drafts.discard': {
    input: z.strictObject({ key: draft.shape.key, by: author.shape.id }),
    output: nothing,
  },
  'drafts.list': { input: nothing, output: z.strictObject({ drafts: z.array(draft) }) },

  ...directoryMethods,
  ...trainingMethods,

  'hub.state': { input: nothing, output: hubState },
  /** Registers this desk with a code from IT. Sending goes on by itself afterwards. */
  'hub.enrol': { input: z.strictObject({ code: enrolRequest.shape.code }), output: nothing },
  /** What the hub flagged or could not read of a stream. */
  'hub.doubts': {
    input: z.strictObject({ stream: streamId }),
    output: z.strictObject({
      flags: z.array(flag),
      quarantine: z.array(z.strictObject({ seq: z.int(), problem: problemSchema, receivedAt: utcMs })),
      isMore: z.boolean(),
    }),
  },
  'hub.head': { input: z.strictObject({ stream: streamId }), output: streamHead },
  /** Sends a batch once. Faults: hub.away, hub.busy (with retryAfterMs), hub.refused, hub.badAnswer. */
  'hub.push': {
    input: z.strictObject({
      stream: streamId,
      from: z.int().min(1),
      events: z.array(sentItem).min(1).max(MAX_BATCH_EVENTS),
    }),
    output: pushResponse,
  },

  /** Calls of the team that are open or owe something: never what a caller said. */
  'hub.team': { input: nothing, output: teamPage },
  /** Teams that take hand-overs through the hub, and what came of those that this desk sent them. */
  'hub.referrals': { input: nothing, output: referralsPage },
  /** Which desk has a call. */
  'hub.holder': { input: z.strictObject({ call: callId }), output: callHolder },
  /**
   * Asks for a call, to go on with it here. Fault `lease.held` while another desk has it and no reason is given;
   * `hub.away` without the hub, which alone can give a call to a desk.
   */
  'hub.lease': {
    input: z.strictObject({ call: callId, takeOver: takeOverReason.optional() }),
    output: lease,
  },
  /** Keeps the lease for longer. Fault `lease.lost`: another desk has the call. */
  'hub.renewLease': {
    input: z.strictObject({ call: callId, fence: leaseUse.shape.fence }),
    output: lease,
  },
  /** Gives a call back: no desk has it then. Fault `lease.lost`: another desk has it already. */
  'hub.releaseLease': {
    input: z.strictObject({ call: callId, fence: leaseUse.shape.fence }),
    output: lease,
  },
  /** What the hub has of a call after a place in its order, from every desk. Fault `lease.needed`. */
  'hub.callEvents': {
    input: z.strictObject({ call: callId, after: z.int().min(0) }),
    output: callEventsPage,
  },
} as const;

export const events = {
  'hub.changed': hubState,
  'directory.changed': directoryState,
  /** The policy was read again, or a call has ended, and something else is in force: ask `settings.get` too. */
  'policy.changed': policyReport,
  'call.offered': callOffer,
  ...trainingEvents,
  /** Somebody else, a lock, or an end of the sign-in that came from outside the window. */
  'session.changed': z.strictObject({ session: session.exactOptional() }),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Input<M extends MethodName> = z.input<Methods[M]['input']>;
export type ParsedInput<M extends MethodName> = z.output<Methods[M]['input']>;
export type Output<M extends MethodName> = z.output<Methods[M]['output']>;
export type BridgeEvents = { [E in keyof typeof events]: z.output<(typeof events)[E]> };
