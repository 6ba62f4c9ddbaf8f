import { assign, not, setup, type SnapshotFrom } from 'xstate';
import { type Content } from '../content/schema.ts';
import { type CallEvent, type HappeningType } from '../events/event.ts';
import { chosenRoute } from './facts.ts';
import { isOpen, isTaken, safeguardingIsDue } from './guards.ts';
import { addEvent, EMPTY_PICTURE, type Picture } from './picture.ts';

/**
 * THE CALL. Its events are the log's events, so a call is replayed by sending its log. The machine is pure: it
 * keeps the picture and holds the service's own gates; whoever runs it does the saving and the showing.
 *
 * `conversation` is a guide that may be left and re-entered at any time. Facts are taken in every state. Only
 * three doors have guards: choosing a route, handing over, closing. `emergency`, `line`, `consult` and
 * `safeguarding` go on beside it; emergency asks nothing of the others (G2).
 */

/** Facts are welcome in every state, a closed call included: late knowledge is knowledge. */
const ALWAYS_KEPT = [
  'call.offered',
  'call.resumed',
  'call.adapted',
  'answer.recorded',
  'note.added',
  'copy.printed',
  'entry.struck',
  'plan.recorded',
  'safeguarding.recorded',
  'service.checked',
  'consent.recorded',
  'sayBack.recorded',
  'task.opened',
  'line.confirmed',
  'emergency.contactConfirmed',
] as const satisfies readonly HappeningType[];

export function createCallMachine(content: Content) {
  const call = setup({
    types: {
      context: {} as { readonly picture: Picture },
      events: {} as CallEvent,
    },
    actions: {
      keep: assign(({ context, event }) => ({ picture: addEvent(context.picture, event) })),
    },
    guards: {
      isOpen: ({ context }) => isOpen(context.picture),
      isTaken: ({ context, event }) => isTaken(event, context.picture, content),
      routeIsChosen: ({ context }) => chosenRoute(context.picture) !== undefined,
      stageIsReachable: ({ context, event }, params: { stage: string }) =>
        event.type === 'stage.entered' &&
        event.data.stage === params.stage &&
        (!['agree', 'handOver'].includes(params.stage) || chosenRoute(context.picture) !== undefined),
      safeguardingIsDue: ({ context }) => safeguardingIsDue(context.picture, content),
    },
  });

  const to = (stage: string) =>
    ({
      guard: { type: 'stageIsReachable', params: { stage } } as const,
      target: `.${stage}`,
      actions: 'keep',
    }) as const;
  const keepIfOpen = { guard: 'isOpen', actions: 'keep' } as const;

  return call.createMachine({
    id: 'call',
    type: 'parallel',
    context: { picture: EMPTY_PICTURE },
    on: {
      ...Object.fromEntries(ALWAYS_KEPT.map((type) => [type, { actions: 'keep' as const }])),
      'consent.overridden': { guard: 'isTaken', actions: 'keep' },
      'callBack.decided': { guard: 'isTaken', actions: 'keep' },
      'gate.overridden': { guard: 'isTaken', actions: 'keep' },
      // A receiver may answer after the call was closed: the answer still counts.
      'handover.acknowledged': { guard: 'isTaken', actions: 'keep' },
      'handover.declined': { guard: 'isTaken', actions: 'keep' },
      'handover.chased': { guard: 'isTaken', actions: 'keep' },
      'call.fromPaper': { guard: 'isTaken', actions: 'keep' },
      'entry.timed': { guard: 'isTaken', actions: 'keep' },
      'task.closed': { guard: 'isTaken', actions: 'keep' },
    },
    states: {
      conversation: {
        initial: 'offered',
        states: {
          offered: {
            on: {
              'call.answered': { target: 'active', actions: 'keep' },
              'call.closed': { guard: 'isTaken', target: 'closed', actions: 'keep' },
            },
          },
          active: {
            initial: 'opening',
            on: {
              'stage.entered': [
                to('opening'),
                to('safetyCheck'),
                to('needs'),
                to('options'),
                to('agree'),
                to('handOver'),
                to('close'),
              ],
              'route.chosen': { guard: 'isTaken', target: '.agree', actions: 'keep' },
              'route.withdrawn': { guard: 'routeIsChosen', target: '.options', actions: 'keep' },
              'handover.sent': { guard: 'isTaken', target: '.handOver', actions: 'keep' },
              'call.closed': { guard: 'isTaken', target: 'closed', actions: 'keep' },
            },
            states: {
              opening: {},
              safetyCheck: {},
              needs: {},
              options: {},
              agree: {},
              handOver: {},
              close: {},
            },
          },
          // Not final: facts are still taken, and a person whom nobody took is this desk's again.
          closed: {
            on: { 'call.reopened': { guard: 'isTaken', target: 'active.handOver', actions: 'keep' } },
          },
        },
      },
      emergency: {
        initial: 'none',
        states: {
          none: { on: { 'emergency.raised': { guard: 'isOpen', target: 'raised', actions: 'keep' } } },
          raised: {
            on: {
              'emergency.raised': keepIfOpen,
              'emergency.handedOver': { target: 'handedOver', actions: 'keep' },
              // Control said no. Nobody has the person, so it stays raised and loud.
              'emergency.refused': { actions: 'keep' },
              'emergency.stoodDown': { target: 'stoodDown', actions: 'keep' },
            },
          },
          handedOver: { on: { 'emergency.raised': { guard: 'isOpen', target: 'raised', actions: 'keep' } } },
          // Apart from `none`: it was raised, and a named person took it back.
          stoodDown: { on: { 'emergency.raised': { guard: 'isOpen', target: 'raised', actions: 'keep' } } },
        },
      },
      line: {
        initial: 'connected',
        states: {
          connected: {
            on: {
              'line.held': { guard: 'isOpen', target: 'onHold', actions: 'keep' },
              'line.dropped': { guard: 'isOpen', target: 'dropped', actions: 'keep' },
            },
          },
          onHold: {
            on: {
              'line.resumed': { target: 'connected', actions: 'keep' },
              'line.dropped': { guard: 'isOpen', target: 'dropped', actions: 'keep' },
            },
          },
          dropped: {
            initial: 'callBackOwed',
            on: {
              'callBack.attempted': { target: '.attempted', actions: 'keep' },
              'callBack.reached': { target: 'connected', actions: 'keep' },
              // A named decision about somebody who was not reached: the line stays lost, and that is on record.
              'callBack.decided': { guard: 'isTaken', target: '.unreached', actions: 'keep' },
            },
            states: { callBackOwed: {}, attempted: {}, unreached: {} },
          },
        },
      },
      consult: {
        initial: 'none',
        states: {
          none: { on: { 'consult.requested': { target: 'requested', actions: 'keep' } } },
          requested: {
            on: {
              'consult.requested': { actions: 'keep' },
              'consult.decided': { guard: 'isTaken', target: 'decided', actions: 'keep' },
            },
          },
          decided: {
            on: {
              'consult.requested': { target: 'requested', actions: 'keep' },
              'consult.decided': { guard: 'isTaken', actions: 'keep' },
            },
          },
        },
      },
      safeguarding: {
        initial: 'notNeeded',
        states: {
          notNeeded: {
            always: { guard: 'safeguardingIsDue', target: 'due' },
            on: { 'safeguarding.recorded': { target: 'recorded', actions: 'keep' } },
          },
          due: {
            // The fact that made it due was struck through.
            always: { guard: not('safeguardingIsDue'), target: 'notNeeded' },
            on: { 'safeguarding.recorded': { target: 'recorded', actions: 'keep' } },
          },
          recorded: { on: { 'safeguarding.recorded': { actions: 'keep' } } },
        },
      },
    },
  });
}

export type CallMachine = ReturnType<typeof createCallMachine>;
export type CallSnapshot = SnapshotFrom<CallMachine>;
