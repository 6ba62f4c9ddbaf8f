import { type Fault } from '../../../shared/bridge/frames.ts';
import {
  type DeskReport,
  type DirectoryAnswer,
  directoryAnswer,
  reportsResponse,
  type SharedFlag,
  sharedFlags,
} from '../../../shared/directory/exchange.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { type HubRequest } from './request.ts';

/** The directory as the hub has it. */
export interface DirectoryAtHub {
  /** What leads from the version held to the present one; undefined when it is the present one. */
  since(
    held: { readonly version: number; readonly madeAt: UtcMs } | undefined,
  ): Promise<Result<DirectoryAnswer | undefined, Fault>>;
  flags(): Promise<Result<readonly SharedFlag[], Fault>>;
  /** Ids that are on the hub's disk now. */
  report(reports: readonly DeskReport[]): Promise<Result<readonly string[], Fault>>;
}

/** `ask` sends a request as this desk, once. */
export function directoryAtHub(
  ask: <T>(request: HubRequest<T>) => Promise<Result<T, Fault>>,
): DirectoryAtHub {
  return {
    since(held) {
      const asked =
        held === undefined
          ? { path: '/v1/directory' }
          : {
              path: `/v1/directory?from=${held.version}&madeAt=${held.madeAt}`,
              headers: { 'if-none-match': `"${held.version}-${held.madeAt}"` },
            };
      return ask({ method: 'GET', ...asked, answer: directoryAnswer.optional(), isUnchangedKnown: true });
    },
    async flags() {
      const answer = await ask({ method: 'GET', path: '/v1/directory/flags', answer: sharedFlags });
      return answer.ok ? ok(answer.value.flags) : answer;
    },
    async report(reports) {
      const answer = await ask({
        method: 'POST',
        path: '/v1/directory/reports',
        body: { reports },
        answer: reportsResponse,
      });
      return answer.ok ? ok(answer.value.kept) : answer;
    },
  };
}
