import { type Step } from '../../../shared/diagnose/facts.ts';
import { causeOf } from '../../../shared/log/cause.ts';

export const NOT_TRIED: Step = { outcome: 'notTried' };

/** What came of it, and what it brought when that is something. */
export interface Attempted<T> {
  readonly step: Step;
  readonly value?: T;
}

/**
 * Tries once, for at most `limitMs`, and says how long it took by a clock that nobody sets. `ended` fires when the time is
 * over: whoever opens something closes it then. Never rejects.
 */
export async function attempt<T>(
  limitMs: number,
  work: (ended: AbortSignal) => Promise<T>,
): Promise<Attempted<T>> {
  const end = new AbortController();
  const from = performance.now();
  const ms = (): number => Math.round(performance.now() - from);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'over'>((resolve) => {
    timer = setTimeout(() => resolve('over'), limitMs);
  });
  try {
    const running = work(end.signal);
    // Its end, when it comes after ours, is nobody's any more.
    running.catch(() => undefined);
    const first = await Promise.race([running, over]);
    if (first === 'over') {
      end.abort();
      return { step: { outcome: 'tooLong', ms: ms() } };
    }
    return { step: { outcome: 'well', ms: ms() }, value: first };
  } catch (error) {
    return { step: { outcome: 'failed', ms: ms(), cause: causeOf(error) } };
  } finally {
    clearTimeout(timer);
  }
}
