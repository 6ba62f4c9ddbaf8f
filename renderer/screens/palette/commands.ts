import { stageTitles } from '../../../shared/exports/words.ts';
import { type CommandId } from '../../keys/key-map.ts';
import { stages } from '../../../shared/events/vocabulary.ts';

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** Commands whose every typed word is found in the title, in the given order. */
export function findCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return commands.filter((command) => words.every((word) => command.title.toLowerCase().includes(word)));
}

const TITLES: readonly (readonly [CommandId, string])[] = [
  ['emergency', 'Emergency: raise it now'],
  ['note', 'Add a note'],
  ['talk', 'How they can talk: relay, interpreter, text, yes and no, silent'],
  ['consult', 'Consult a clinician'],
  ['dropped', 'The call dropped, or hold'],
  ['safeguarding', 'Safeguarding step'],
  ...stages.map((stage) => [`stage.${stage}`, `Go to ${stageTitles[stage]}`] as const),
  ['takeCall', 'Take a call'],
  ['start', 'Calls on this desk'],
  ['earlier', 'Earlier calls: find one by its day or number'],
  ['team', 'Team: go on with a call of another desk'],
  ['pause', 'Pause between calls, or be ready again'],
  ['side', 'Show or fold picture and notes'],
  ['find', 'Find words in this call: notes, answers, plan'],
  ['lookBack', 'Look back at this call, step by step, details hidden'],
  ['giveBack', 'Give this call back to the team: no desk has it until one takes it'],
  ['print', 'Print: hand-over card and the whole record'],
  ['outage', 'Outage and paper: what this desk holds, downtime pack, enter a call from paper'],
  ['practicePage', 'Training room: scripts, the practice in hand, debriefs'],
  ['askedAloud', 'Training: I have asked the question in hand aloud'],
  ['stopPractice', 'Training: stop the practice now'],
  ['sheet', 'All keys'],
];

/** The commands that have a handler here, in one order everywhere. */
export function windowCommands(
  handlers: Partial<Record<CommandId, () => void>>,
  keysOf: (command: CommandId) => readonly string[],
): readonly Command[] {
  return TITLES.flatMap(([id, title]) => {
    const run = handlers[id];
    return run === undefined ? [] : [{ id, title, keys: keysOf(id), run }];
  });
}
