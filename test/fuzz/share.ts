/** In all, over every door. `npm run fuzz` asks for 100,000; the suite for a few of each. */
export const CASES = Number(process.env['LANTERN_FUZZ_CASES'] ?? 2_500);
export const seed = Number(process.env['LANTERN_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** A fifth goes through a whole desk, a tenth over real sockets; the others are shared out among the doors. */
export const FRAMES = Math.ceil(CASES / 5);
export const AT_SOCKETS = Math.ceil(CASES / 10);

const before = Object.getOwnPropertyNames(Object.prototype).toSorted();

/** What every object is made of, as far as it has been changed since this program began. */
export const pollution = (): readonly string[] => {
  const now = Object.getOwnPropertyNames(Object.prototype).toSorted();
  return [
    ...now.filter((name) => !before.includes(name)),
    ...before.filter((name) => !now.includes(name)),
    ...('polluted' in {} ? ['polluted'] : []),
    ...('polluted' in [] ? ['polluted'] : []),
  ];
};
