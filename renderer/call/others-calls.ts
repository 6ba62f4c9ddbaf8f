import { emergencyNow } from '../../shared/call/facts.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type CallId } from '../../shared/ids.ts';
import { summarise } from '../store/summary.ts';
import { loadCall } from './call-view.ts';
import { type ContentPacks } from './ports.ts';

/** Calls on this desk that the person signed in has written nothing in: kept and sent, never shown to them (H39, H46). */
export interface OthersCalls {
  /** Whether the person may see this call. One they may not see is counted. */
  isMine(events: readonly Envelope[]): boolean;
  counts(): { readonly calls: number; readonly open: number; readonly emergencies: number };
}

/** A call is a person's when they have written an entry in it: what they did not write was theirs to read already. */
export function createOthersCalls(person: string, packs: ContentPacks): OthersCalls {
  const found = new Map<CallId, { readonly open: boolean; readonly emergency: boolean }>();
  return {
    isMine(events) {
      const call = events[0]?.call;
      if (call === undefined) return true;
      if (events.some(({ author }) => author.id === person)) {
        found.delete(call);
        return true;
      }
      const state = summarise(undefined, events)?.state;
      const picture = loadCall(events, packs)?.view.snapshot.context.picture;
      found.set(call, {
        open: state === 'open' || state === 'reopened',
        emergency: picture !== undefined && emergencyNow(picture)?.type === 'emergency.raised',
      });
      return false;
    },
    counts() {
      const all = [...found.values()];
      return {
        calls: all.length,
        open: all.filter(({ open }) => open).length,
        emergencies: all.filter(({ emergency }) => emergency).length,
      };
    },
  };
}
