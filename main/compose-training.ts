import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { type Fault } from '../shared/bridge/frames.ts';
import { currentContent } from '../shared/content/packs.ts';
import { type Result } from '../shared/result.ts';
import { compose, type Desk } from './compose.ts';
import { type DeskPorts } from './ports/host.ts';
import { type Printing } from './ports/printing.ts';
import { sha256 } from './services/node-system.ts';
import { createAttemptStore } from './services/training/attempt-store.ts';
import { createInHand } from './services/training/in-hand.ts';
import { createLibrary, scriptReader } from './services/training/library.ts';
import { openRoom } from './services/training/open-room.ts';
import { createPapers } from './services/training/papers.ts';
import { practicePrinting } from './services/training/practice-printing.ts';
import { createPracticeDirectory } from './services/training/practice-directory.ts';
import { createPracticeHub, type PracticeHub } from './services/training/practice-hub.ts';

export interface TrainingPorts extends DeskPorts {
  /** Where trainers put their scripts. */
  readonly scripts: string;
  /** Where those lie that came with the product. */
  readonly shippedScripts: string;
  /** Of the trainer's own window; `printing` is the trainee's. Absent where the page prints by itself. */
  readonly trainerPrinting?: Printing;
}

/**
 * THE TRAINING WORLD (design decision 9): the same desk with no way to a hub, because none is composed in: where a hub would be
 * stands a stand-in of this very process. No downtime pack, no links from outside. Faults as `compose`.
 */
export function composeTraining(ports: TrainingPorts): Promise<Result<Desk, Fault>> {
  const { profile, disk, clock, timers, ids, log, printing, trainerPrinting } = ports;
  const marked = printing === undefined ? ports : { ...ports, printing: practicePrinting(printing) };
  const { folder } = profile;
  const directory = createPracticeDirectory(clock);
  const content = currentContent();
  const read = scriptReader({ content, clock, ids });
  let hub: PracticeHub | undefined;
  return compose(marked, {
    hub: ({ desk }) => (hub = createPracticeHub({ folder, disk, clock, timers, desk, directory })),
    room(vault, journal) {
      if (hub === undefined) throw new Error('the practice hub comes before the room');
      const store = createAttemptStore({ folder: join(folder, 'attempts'), disk, vault, timers, log });
      return openRoom({
        library: createLibrary({ folder: ports.scripts, shipped: ports.shippedScripts, disk, read }),
        store,
        inHand: createInHand({ path: join(folder, 'practice-in-hand.json'), disk, vault, timers, log }),
        journal,
        hub,
        directory,
        content,
        clock,
        timers,
        ids,
        digest: sha256,
        seed: () => randomInt(2 ** 32),
        ...(trainerPrinting === undefined ? {} : { printing: practicePrinting(trainerPrinting) }),
        papers: createPapers({ folder, disk, vault, store, digest: sha256, clock }),
      });
    },
  });
}
