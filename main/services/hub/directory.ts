import { type Fault } from '../../../shared/bridge/frames.ts';
import { directoryAnswer, reportsResponse, sharedFlags } from '../../../shared/directory/exchange.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type DirectoryAtHub } from '../../ports/hub-link.ts';
import { type HubRequest } from './request.ts';

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
