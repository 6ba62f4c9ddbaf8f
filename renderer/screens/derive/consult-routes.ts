import { type Content } from '../../../shared/content/schema.ts';
import { NO_ROUTE } from '../../../shared/events/vocabulary.ts';
import { walk } from '../../../shared/gates/condition.ts';

export interface RouteTitle {
  readonly id: string;
  readonly title: string;
}

/**
 * What a clinician can agree to or rule out, in content's order. Emergency is in neither: nothing ever shuts it. Only
 * what a gate would hold shut can be ruled out, so that no tick promises more than the program does.
 */
export function consultRoutes(content: Content): {
  readonly agreeable: readonly RouteTitle[];
  readonly refusable: readonly RouteTitle[];
} {
  const held = new Set(
    content.gates
      .flatMap(({ checks }) => checks)
      .filter(({ passIf }) => [...walk(passIf)].some((part) => 'ruledOut' in part))
      .flatMap(({ at }) => (at.door === 'route' ? at.routes : [NO_ROUTE])),
  );
  const guarded = new Set(
    content.gates.flatMap(({ checks }) => checks).flatMap(({ at }) => (at.door === 'route' ? at.routes : [])),
  );
  const all = [
    ...content.routes.filter(({ id }) => guarded.has(id)).map(({ id, title }) => ({ id, title })),
    { id: NO_ROUTE, title: content.consult.withoutRoute },
  ];
  return { agreeable: all, refusable: all.filter(({ id }) => held.has(id)) };
}

/** What was decided on, in words: what was agreed to, then what was ruled out. Empty for words alone. */
export function decidedOn(
  decision: { readonly agreed?: readonly string[]; readonly ruledOut?: readonly string[] },
  content: Content,
): string {
  const titles = (ids: readonly string[]): string =>
    ids
      .map((id) => (id === NO_ROUTE ? content.consult.withoutRoute : (content.route(id)?.title ?? id)))
      .join(', ');
  const { agreed = [], ruledOut = [] } = decision;
  return [
    ...(agreed.length === 0 ? [] : [`Agreed to: ${titles(agreed)}.`]),
    ...(ruledOut.length === 0 ? [] : [`Ruled out: ${titles(ruledOut)}.`]),
  ].join(' ');
}
