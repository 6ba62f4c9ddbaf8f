import { type Found } from './finder.ts';
import { type RuleSubject } from './service.ts';

/** What to ask the person, because the answer would open or shut this door. */
export type AskFirst = RuleSubject | 'age' | 'now' | 'home' | 'gp';

/**
 * Facts that this service goes by and the call has not: each keeps its door from being told. What the service itself has
 * not said is not among them; nobody on the line could answer that.
 */
export function askFirst({ service, reasons }: Found): readonly AskFirst[] {
  const { minAgeMonths: min, maxAgeMonths: max, areas } = service.eligibility;
  const asks = reasons.flatMap((reason): AskFirst[] => {
    if (reason.fit !== 'notKnown') return [];
    switch (reason.about) {
      case 'age':
        return min === undefined && max === undefined ? [] : ['age'];
      case 'area':
        return areas === undefined ? [] : [reason.of];
      case 'rule':
        return reason.fact === 'notKnown' ? [reason.rule.about] : [];
      default:
        return [];
    }
  });
  return [...new Set(asks)];
}
