import { type Input, type Output } from '../../shared/bridge/contract.ts';
import { type DirectoryState } from '../../shared/bridge/directory.ts';
import { type ServiceKind, serviceKinds } from '../../shared/directory/service.ts';
import { type DirectoryExtract } from '../../shared/exports/downtime/pack.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';

/** Why something could not be had, in words for a person. */
export interface Why {
  readonly why: string;
}

/** The directory as this desk has it on its disk. Nothing of it waits for the hub. */
export interface DirectoryLine {
  /** Undefined until the main process has said anything. */
  state(): DirectoryState | undefined;
  services(kinds: readonly ServiceKind[]): Promise<Output<'directory.services'> | Why>;
  /** Everything held, for paper; undefined when this desk has none. */
  extract(): Promise<DirectoryExtract | undefined>;
  /** Undefined: it is kept. */
  report(report: Input<'directory.report'>): Promise<Why | undefined>;
  place(text: string): Promise<Output<'place.find'> | Why>;
  /** Every area to choose from by hand. */
  areas(): Promise<Output<'place.areas'> | Why>;
}

export function createDirectoryLine(bridge: Bridge, changed: () => void): DirectoryLine {
  let state: DirectoryState | undefined;
  const set = (next: DirectoryState): void => {
    state = next;
    changed();
  };
  bridge.on('directory.changed', set);
  bridge.onOpen(() => {
    void bridge.call('directory.state', {}).then((answer) => {
      if (answer.ok) set(answer.value);
    });
  });
  return {
    state: () => state,
    async services(kinds) {
      const answer = await bridge.call('directory.services', { kinds: [...kinds] });
      return answer.ok ? answer.value : { why: answer.error.message };
    },
    async extract() {
      const [now, all] = await Promise.all([
        bridge.call('directory.state', {}),
        bridge.call('directory.services', { kinds: [...serviceKinds] }),
      ]);
      if (!now.ok || now.value.held === undefined || !all.ok) return undefined;
      const { madeAt, source, checkedAt } = now.value.held;
      return { version: all.value.version, madeAt, source, checkedAt, services: all.value.services };
    },
    async report(report) {
      const answer = await bridge.call('directory.report', report);
      return answer.ok ? undefined : { why: answer.error.message };
    },
    async areas() {
      const answer = await bridge.call('place.areas', {});
      return answer.ok ? answer.value : { why: answer.error.message };
    },
    async place(text) {
      const answer = await bridge.call('place.find', { text });
      return answer.ok ? answer.value : { why: answer.error.message };
    },
  };
}
