import { type Content } from '../../shared/content/schema.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type Node } from './explore.ts';
import { type View } from './view.ts';

/** An event that must be refused in some states. `forbids` answers whether it must be here. */
export interface Rule {
  readonly name: string;
  readonly forbids: (happening: Happening, view: View, content: Content, node: Node) => boolean;
}

type HappeningOf<T extends Happening['type']> = Extract<Happening, { type: T }>;
export function on<T extends Happening['type']>(
  type: T,
  name: string,
  forbids: (data: HappeningOf<T>['data'], view: View, content: Content, node: Node) => boolean,
): Rule {
  return {
    name,
    forbids: (happening, view, content, node) =>
      happening.type === type && forbids(happening.data as HappeningOf<T>['data'], view, content, node),
  };
}
