/** The parts of a reference: groups from outside in, then the title. */
export const partsOf = (reference: string): readonly string[] => reference.split(' > ');

/** What a runner puts values in for: `%s` and its kin, and `${…}` of a template. */
const PLACEHOLDER = /%[sdifjoOc#%]|\$\{[^}]*\}/g;

/** Whether a title as it ran comes from a title as the source has it. */
export function titleMatches(written: string, ran: string): boolean {
  const pattern = written
    .split(PLACEHOLDER)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^]*');
  return new RegExp(`^${pattern}$`, 'u').test(ran);
}

/** Whether a reference names this test: its title, and as many groups around it as the reference has. */
export function referenceMatches(reference: string, path: readonly string[]): boolean {
  const parts = partsOf(reference);
  const end = path.slice(-parts.length);
  return end.length === parts.length && parts.every((part, at) => titleMatches(part, end[at] ?? ''));
}

/** Whether a test file's text holds every part of a reference as a quoted title. */
export function isWrittenIn(source: string, reference: string): boolean {
  return partsOf(reference).every((part) => {
    const inSingle = part.replaceAll("'", String.raw`\'`);
    return [`'${inSingle}'`, `"${part}"`, `\`${part}\``].some((quoted) => source.includes(quoted));
  });
}
