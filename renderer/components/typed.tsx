import { visible } from '../../shared/typed.ts';

/**
 * What somebody typed, among words of ours: in its own direction, so that it cannot move its neighbours about, and with
 * nothing hidden in it.
 */
export function Typed({ text }: { readonly text: string }) {
  return <bdi>{visible(text)}</bdi>;
}
