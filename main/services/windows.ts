import { type BridgeEvents, type CallOffer } from '../../shared/bridge/contract.ts';
import { type BridgeServer, type Handlers, serveBridge } from '../../shared/bridge/server.ts';
import { type Transport } from '../../shared/bridge/transport.ts';
import { causeOf, type Log } from '../ports/log.ts';

/** The windows connected to this main process: one at a time in practice, none while it loads. */
export interface Windows {
  connect(transport: Transport): void;
  emit<E extends keyof BridgeEvents>(name: E, payload: BridgeEvents[E]): void;
  /** Hands the offer to the window, or keeps it until one is listening: a link may be what started the program. */
  offer(offer: CallOffer): void;
}

/** Offers kept while no window listens. More than this is not somebody waiting but somebody knocking. */
const MAX_WAITING = 20;

export function createWindows(handlers: Handlers, log: Log): Windows {
  const listening = new Set<BridgeServer>();
  let waiting: CallOffer[] = [];

  return {
    connect(transport) {
      const server = serveBridge(transport, handlers, ({ code, field, message }, cause) => {
        if (cause === undefined) log.warn({ code, field, message });
        else log.error({ code, field, message, cause: causeOf(cause) });
      });
      transport.onClose(() => listening.delete(server));
      // A window that has sent something has its listeners in place; before that an event would be lost.
      transport.onFrame(() => {
        if (listening.has(server)) return;
        listening.add(server);
        const offers = waiting;
        waiting = [];
        for (const offer of offers) server.emit('call.offered', offer);
      });
    },
    emit(name, payload) {
      for (const server of listening) server.emit(name, payload);
    },
    offer(offer) {
      if (listening.size > 0) for (const server of listening) server.emit('call.offered', offer);
      else waiting = [...waiting, offer].slice(-MAX_WAITING);
    },
  };
}
