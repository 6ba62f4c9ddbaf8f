import { z } from 'zod';
import demonstration1 from './earlier/demonstration-1.json' with { type: 'json' };
import demonstration2 from './earlier/demonstration-2.json' with { type: 'json' };
import demonstration3 from './earlier/demonstration-3.json' with { type: 'json' };
import demonstration4 from './earlier/demonstration-4.json' with { type: 'json' };
import demonstration5 from './earlier/demonstration-5.json' with { type: 'json' };
import agreeAndClose from './demonstration/questions/agree-and-close.json' with { type: 'json' };
import callBack from './demonstration/call-back.json' with { type: 'json' };
import consult from './demonstration/consult.json' with { type: 'json' };
import emergency from './demonstration/emergency.json' with { type: 'json' };
import g1 from './demonstration/gates/G1.json' with { type: 'json' };
import g10 from './demonstration/gates/G10.json' with { type: 'json' };
import g11 from './demonstration/gates/G11.json' with { type: 'json' };
import g2 from './demonstration/gates/G2.json' with { type: 'json' };
import g3 from './demonstration/gates/G3.json' with { type: 'json' };
import g4 from './demonstration/gates/G4.json' with { type: 'json' };
import g5 from './demonstration/gates/G5.json' with { type: 'json' };
import g6 from './demonstration/gates/G6.json' with { type: 'json' };
import g7 from './demonstration/gates/G7.json' with { type: 'json' };
import g8 from './demonstration/gates/G8.json' with { type: 'json' };
import g9 from './demonstration/gates/G9.json' with { type: 'json' };
import hazards from './demonstration/hazards.json' with { type: 'json' };
import l1 from './demonstration/gates/L1.json' with { type: 'json' };
import l10 from './demonstration/gates/L10.json' with { type: 'json' };
import l11 from './demonstration/gates/L11.json' with { type: 'json' };
import l12 from './demonstration/gates/L12.json' with { type: 'json' };
import l13 from './demonstration/gates/L13.json' with { type: 'json' };
import l14 from './demonstration/gates/L14.json' with { type: 'json' };
import l15 from './demonstration/gates/L15.json' with { type: 'json' };
import l16 from './demonstration/gates/L16.json' with { type: 'json' };
import l17 from './demonstration/gates/L17.json' with { type: 'json' };
import l18 from './demonstration/gates/L18.json' with { type: 'json' };
import l2 from './demonstration/gates/L2.json' with { type: 'json' };
import l3 from './demonstration/gates/L3.json' with { type: 'json' };
import l4 from './demonstration/gates/L4.json' with { type: 'json' };
import l5 from './demonstration/gates/L5.json' with { type: 'json' };
import l6 from './demonstration/gates/L6.json' with { type: 'json' };
import l7 from './demonstration/gates/L7.json' with { type: 'json' };
import l8 from './demonstration/gates/L8.json' with { type: 'json' };
import l9 from './demonstration/gates/L9.json' with { type: 'json' };
import landmarks from './demonstration/landmarks.json' with { type: 'json' };
import manifest from './demonstration/manifest.json' with { type: 'json' };
import needs from './demonstration/questions/needs.json' with { type: 'json' };
import opening from './demonstration/questions/opening.json' with { type: 'json' };
import outcomes from './demonstration/outcomes.json' with { type: 'json' };
import planHeadings from './demonstration/plan-headings.json' with { type: 'json' };
import receivers from './demonstration/receivers.json' with { type: 'json' };
import routes from './demonstration/routes.json' with { type: 'json' };
import safetyCheck from './demonstration/questions/safety-check.json' with { type: 'json' };
import signatures from './demonstration/signatures.json' with { type: 'json' };
import talk from './demonstration/talk.json' with { type: 'json' };
import { loadContent } from './load.ts';
import { type Content } from './schema.ts';

/** The demonstration pack as its files hold it, unparsed. */
export const demonstrationFiles: unknown = {
  manifest,
  questions: [...opening, ...safetyCheck, ...needs, ...agreeAndClose],
  gates: [
    g1,
    g2,
    g3,
    g4,
    g5,
    g6,
    g7,
    g8,
    g9,
    g10,
    g11,
    l1,
    l2,
    l3,
    l4,
    l5,
    l6,
    l7,
    l8,
    l9,
    l10,
    l11,
    l12,
    l13,
    l14,
    l15,
    l16,
    l17,
    l18,
  ],
  routes,
  receivers,
  outcomes,
  planHeadings,
  hazards,
  landmarks,
  signatures,
  consult,
  talk,
  callBack,
  emergency,
};

/** Packs that calls were written under before, as they were: oldest first, never changed again. */
export const earlierFiles: readonly unknown[] = [
  demonstration1,
  demonstration2,
  demonstration3,
  demonstration4,
  demonstration5,
];

let current: Content | undefined;
const earlier = new Map<string, Content>();

/** The pack that new calls use. Throws at first use, which is start-up, if it is not sound. */
export function currentContent(): Content {
  current ??= soundly(loadContent(demonstrationFiles));
  return current;
}

/**
 * The pack that was in force when an event was written, if this build still carries it. An earlier one is read when the
 * first call that was written under it is: three packs that nobody asked for would be most of a start's work.
 */
export function contentByVersion(version: string): Content | undefined {
  const newest = currentContent();
  if (version === newest.manifest.version) return newest;
  const known = earlier.get(version);
  if (known !== undefined) return known;
  const files = earlierFiles.find((candidate) => versionOf(candidate) === version);
  if (files === undefined) return undefined;
  const pack = soundly(loadContent(files, newest));
  earlier.set(version, pack);
  return pack;
}

/** The version of every pack this build carries, oldest first. */
export const contentVersions = (): readonly string[] => [
  ...earlierFiles.flatMap((files) => versionOf(files) ?? []),
  currentContent().manifest.version,
];

const named = z.object({ manifest: z.object({ version: z.string() }) });
const versionOf = (files: unknown): string | undefined => named.safeParse(files).data?.manifest.version;

function soundly(pack: ReturnType<typeof loadContent>): Content {
  if (pack.ok) return pack.value;
  const faults = pack.error.map((fault) => `${fault.field}: ${fault.message}`).join('\n');
  throw new Error(`the built-in content is not sound\n${faults}`);
}
