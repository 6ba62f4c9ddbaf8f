/** What an offered version is to the running one. `refused`: not to be installed here, with the reason. */
export type Offer =
  { readonly kind: 'newer' | 'same' | 'older' } | { readonly kind: 'refused'; readonly why: string };

const VERSION = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;
type Parts = readonly [major: number, minor: number, patch: number];

/** Three numbers and nothing else: no pre-releases reach a desk that takes calls. */
function parse(version: string): Parts | undefined {
  const found = VERSION.exec(version);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}

/**
 * Formats of what is kept and sent change with a minor version at most, so an older program of the same minor version reads
 * everything that the newer one wrote; one of an older minor version may not.
 */
export function judgeOffer(running: string, offered: string, allowDowngrade: boolean): Offer {
  const [here, there] = [parse(running), parse(offered)];
  if (here === undefined || there === undefined)
    return { kind: 'refused', why: 'a version is not three numbers' };
  const difference = here.map((part, at) => (there[at] ?? 0) - part).find((one) => one !== 0) ?? 0;
  if (difference === 0) return { kind: 'same' };
  if (difference > 0) return { kind: 'newer' };
  if (!allowDowngrade) return { kind: 'refused', why: 'it is older, and policy allows no downgrade' };
  const isSameMinor = here[0] === there[0] && here[1] === there[1];
  return isSameMinor
    ? { kind: 'older' }
    : { kind: 'refused', why: 'it is older by more than a patch: it might not read what is kept here' };
}
