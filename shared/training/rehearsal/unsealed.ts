import { type Content } from '../../content/schema.ts';
import { type CallEvent, GENESIS, type Happening } from '../../events/event.ts';
import { callId, deskId, type IdSource, streamId } from '../../ids.ts';
import { type UtcMs } from '../../time.ts';

/** Makes the events of one rehearsed call without their seals: the machine does not look at them. */
export function unsealedCall(
  content: Content,
  ids: IdSource,
): (happening: Happening, at: UtcMs) => CallEvent {
  const stream = streamId.parse(ids.next());
  const call = callId.parse(ids.next());
  const desk = deskId.parse(ids.next());
  let made = 0;
  return (happening, at) => {
    made += 1;
    return {
      stream,
      seq: made,
      call,
      at,
      author: { id: 'practice', role: 'adviser' },
      desk,
      content: content.manifest.version,
      ...happening,
      prev: GENESIS,
      hash: GENESIS,
    };
  };
}
