/** What the window showed, as the watcher in the page reports it: see `parts/watcher.ts`. */
export interface Shown {
  /** Title and detail of the save light. */
  readonly light: string;
  /** Notes whose mark changed: text, and what the mark said in words. */
  readonly notes: readonly (readonly [text: string, where: string])[];
  /** The note box, when its text changed: text and when, in ms of the machine's clock. */
  readonly box?: { readonly text: string; readonly at: number };
}

/** A copy that a person was told has a note. */
export type Place = 'database' | 'journal' | 'hub';

/** What a person had been told at some moment. A note that was only shown is promised in no place. */
export interface Said {
  readonly notes: ReadonlyMap<string, ReadonlySet<Place>>;
  readonly box: readonly { readonly text: string; readonly at: number }[];
}

/** Everything a person was told about the notes of one profile, and everything that stood in the note box. */
export class Told implements Said {
  readonly notes = new Map<string, ReadonlySet<Place>>();
  readonly box: { text: string; at: number }[] = [];
  /** Every different title of the save light, in order of first appearance. */
  readonly titles = new Set<string>();
  light = '';
  private onScreen = new Set<string>();

  /** A window opened anew: what the last one showed is not on it until it is shown again. */
  newScreen(): void {
    this.onScreen = new Set();
    this.light = '';
  }

  add(shown: Shown): void {
    for (const [text, where] of shown.notes) {
      this.onScreen.add(text);
      this.promise(text, ofMark(where));
    }
    this.light = shown.light;
    this.titles.add(titleOf(shown.light));
    // The light speaks of everything on the screen.
    const said = ofLight(shown.light);
    if (said.length > 0) for (const text of this.onScreen) this.promise(text, said);
    if (shown.box !== undefined) this.box.push(shown.box);
  }

  /** What was said up to now: a window that is opened again says more. */
  said(): Said {
    return { notes: new Map(this.notes), box: [...this.box] };
  }

  private promise(text: string, places: readonly Place[]): void {
    this.notes.set(text, new Set([...(this.notes.get(text) ?? []), ...places]));
  }
}

const titleOf = (light: string): string =>
  /^(Safe at hub|On this PC|One copy only|Not kept|Typing|Keeping|Nothing to keep yet)/.exec(light)?.[0] ??
  '(none)';

function ofMark(where: string): readonly Place[] {
  if (where === 'safe at hub') return ['hub'];
  return where === 'on this PC' ? ['database', 'journal'] : [];
}

function ofLight(light: string): readonly Place[] {
  switch (titleOf(light)) {
    case 'Safe at hub':
      return ['database', 'journal', 'hub'];
    case 'On this PC':
      return ['database', 'journal'];
    case 'One copy only':
      return light.includes('not in the journal') ? ['database'] : ['journal'];
    default:
      return [];
  }
}
