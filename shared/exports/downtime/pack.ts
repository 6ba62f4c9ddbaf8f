import { type Content, type Question } from '../../content/schema.ts';
import { type DirectoryService } from '../../directory/service.ts';
import { type Stage } from '../../events/vocabulary.ts';
import { type UtcMs } from '../../time.ts';
import { dayAndTime } from '../london.ts';

/** A number to ring when everything else is down: this desk's own setting, never in code. */
export interface FallbackNumber {
  readonly title: string;
  readonly number: string;
}

/** What a desk holds of the directory, when it does. */
export interface DirectoryExtract {
  readonly version: number;
  readonly madeAt: UtcMs;
  /** When the hub last said that this is the present version; absent: not known. */
  readonly checkedAt?: UtcMs | undefined;
  readonly source: { readonly name: string; readonly demonstration: boolean };
  readonly services: readonly DirectoryService[];
}

/** One question of the blank form. `boxes` are ticked, `lines` are written on. */
export interface FormLine {
  readonly id: string;
  readonly ask: string;
  readonly boxes: readonly string[];
  readonly fields: readonly { readonly label: string; readonly boxes: readonly string[] }[];
}

export interface FormPart {
  readonly title: string;
  readonly lines: readonly FormLine[];
}

/** Everything on paper for when Lantern, its hub or the PC is not there (H14, H15). It holds nothing about anybody. */
export interface DowntimePack {
  readonly made: string;
  readonly content: string;
  readonly notice: string | undefined;
  readonly steps: readonly string[];
  readonly numbers: readonly FallbackNumber[];
  readonly form: readonly FormPart[];
  readonly directory:
    { readonly asOf: string; readonly rows: readonly DirectoryRow[] } | { readonly missing: string };
}

export interface DirectoryRow {
  readonly id: string;
  readonly name: string;
  readonly where: string;
  readonly ring: string;
  readonly mind: string;
}

/** The answers of the screen, as boxes: a line left empty is "not asked", and the form says so. */
const YES_NO = ['Yes', 'No', 'Not known', 'Declined', 'Could not ask'];
const VALUE = ['Not known', 'Declined', 'Could not ask'];
const CONSENT = ['Agreed', 'Refused', 'Not asked', 'Could not ask'];

const PARTS: readonly (readonly [Stage, string])[] = [
  ['opening', 'Opening'],
  ['safetyCheck', 'Safety check'],
  ['needs', 'Needs'],
  ['agree', 'Agree'],
  ['close', 'Close'],
];

const STEPS = [
  'Danger now: ring 999 on any telephone that works, stay with the caller, write the reference down.',
  'One form for each call. Write the time beside what you write, and sign with your name and role.',
  'A box left empty means “not asked”. It is never a no.',
  'Choose a route only after the safety check. Where your service asks for a clinician first, ask, and write down who decided.',
  'A hand-over counts when somebody says by name that they have the person. Until then the desk has them.',
  'When Lantern is back: start page, “Outage and paper”, “Enter a call from paper”. Then keep the form as your service says.',
];

/** Who may be needed: printed as empty lines until somebody fills the numbers in, in the desk's settings. */
const WANTED = ['Clinician on call', 'Supervisor', 'Crisis team', 'IT on call'];

/** THE DOWNTIME PACK: the blank form after this content's questions, fallback numbers, and the directory when there is one. Pure. */
export function downtimePack(of: {
  readonly content: Content;
  readonly numbers: readonly FallbackNumber[];
  readonly directory?: DirectoryExtract | undefined;
  readonly now: UtcMs;
}): DowntimePack {
  const { content, numbers, directory, now } = of;
  const { version, status, notice } = content.manifest;
  return {
    made: dayAndTime(now),
    content: version,
    notice: status === 'demonstration' ? notice : undefined,
    steps: STEPS,
    numbers: numbers.length > 0 ? numbers : WANTED.map((title) => ({ title, number: '' })),
    form: PARTS.map(([stage, title]) => ({
      title,
      lines: content.questions.filter((item) => item.stage === stage).flatMap((item) => line(item, content)),
    })).filter((part) => part.lines.length > 0),
    directory:
      directory === undefined
        ? { missing: 'This desk holds no directory of services.' }
        : {
            asOf: asOf(directory),
            rows: directory.services
              .filter(({ status: is }) => is === 'active')
              .map(directoryRow)
              .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
          },
  };
}

/** Which directory, and how old: a sheet in a drawer has no clock, so its dates are printed. */
function asOf({ source, version, madeAt, checkedAt }: DirectoryExtract): string {
  return [
    `${source.name}, version ${version} of ${dayAndTime(madeAt)}`,
    checkedAt === undefined
      ? 'not compared with the hub by this desk'
      : `the newest there was on ${dayAndTime(checkedAt)}`,
    ...(source.demonstration ? ['invented, for demonstration'] : []),
  ].join(' · ');
}

function line(question: Question, content: Content): readonly FormLine[] {
  const { id, ask, kind, fields = [] } = question;
  if (kind === 'plan')
    return content.planHeadings.map((heading) => ({
      id: `${id} ${heading.id}`,
      ask: `${heading.title}: ${heading.prompt}`,
      boxes: [],
      fields: [],
    }));
  if (kind === 'choice')
    return [
      { id, ask, boxes: content.routes.map(({ title, timescale }) => `${title} (${timescale})`), fields: [] },
    ];
  const boxes = { yesNo: YES_NO, value: VALUE, consent: CONSENT, sayBack: ['Said back', 'Not said back'] }[
    kind
  ];
  return [
    {
      id,
      ask: question.askedIf === undefined ? ask : `${ask} (only where it applies)`,
      boxes,
      fields: fields.map(({ label, options = [] }) => ({
        label,
        boxes: options.map((option) => option.label),
      })),
    },
  ];
}

/** Nothing that is not known is filled in: an entry nobody verified says so (H6). */
function directoryRow(service: DirectoryService): DirectoryRow {
  const { access, alert, verified } = service;
  return {
    id: service.id,
    name: service.name,
    where: service.places
      .map(({ name, address, postcode }) => [name, ...address, postcode].filter(Boolean).join(', '))
      .join(' / '),
    ring: service.phones
      .map(({ number, for: whom }) => (whom === 'public' ? number : `${number} (professionals)`))
      .join(' / '),
    mind: [
      alert,
      access.phoneFirst === true || verified === undefined ? 'ring first' : undefined,
      verified === undefined ? 'nobody has verified this' : `verified ${verified.on}`,
      'hours: ask when you ring',
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
  };
}
