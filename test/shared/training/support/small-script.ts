import { trainingScript, type TrainingScript } from '../../../../shared/training/script/schema.ts';

type Input = Record<string, unknown>;

/** A short practice call, as YAML would give it. Parts are replaced by `changes`. */
export const smallScriptInput = (changes: Input = {}): Input => ({
  format: 'lantern-training-1',
  id: 'short',
  title: 'Noor, 30: a short call',
  summary: 'A short call for tests.',
  contentWarning: 'Thoughts of ending one’s life.',
  learningGoals: ['Asks directly.'],
  caller: {
    name: 'Noor',
    age: 30,
    about: 'self',
    voice: 'Slow.',
    mood: 'Flat, and warmer once she is heard.',
    story: 'Noor lost her job on Monday and has not slept since.',
  },
  localServices: [{ id: 'team', name: 'Eastmere crisis team', route: 'crhtUrgent', state: 'open' }],
  facts: [
    { id: 'thoughts', fact: 'She thinks of ending her life.', question: 'S3', answer: 'yes' },
    { id: 'noPlan', fact: 'She has no plan.', question: 'S4a', answer: 'no' },
    {
      id: 'drank',
      fact: 'She has had two glasses of wine.',
      question: 'S6',
      answer: 'yes',
      fields: { what: 'Two glasses of wine' },
    },
  ],
  saidUnasked: [
    { id: 'hello', say: 'Hello? Is that the line?' },
    { id: 'still', say: 'Are you still there?', when: { quiet: '0:30' } },
  ],
  onlyIfAsked: [
    { id: 'saysThoughts', question: 'S3', say: 'Yes. Most nights.', reveals: ['thoughts'] },
    { id: 'saysPlan', question: 'S4a', say: 'No. I have not got that far.', reveals: ['noPlan'] },
    { id: 'saysCat', intent: 'asks who feeds the cat', say: 'Nobody does.' },
  ],
  onlyIfAskedWell: [{ id: 'saysWine', question: 'S6', say: 'A couple of glasses.', reveals: ['drank'] }],
  ifRushed: [{ id: 'clamsUp', say: 'Fine. Whatever.' }],
  otherVoices: [
    {
      id: 'duty',
      who: 'receiver',
      say: 'Duty desk, we have her.',
      when: { recorded: 'handoverSent' },
      delay: '0:10',
    },
  ],
  ifNothingFits: ['I do not know.', 'I could not say.'],
  events: [{ id: 'door', does: 'noise', what: 'A door bangs.', when: { asked: 'S3' }, delay: '0:20' }],
  injects: [{ id: 'netOff', does: 'networkDrops', when: { clock: '1:00' } }],
  endings: {
    expected: [
      {
        id: 'team',
        route: 'crhtUrgent',
        outcome: '05',
        because: 'She can be seen tomorrow and is safe tonight.',
      },
    ],
  },
  expectations: [
    {
      id: 'direct',
      expect: 'Asked directly by two minutes.',
      moment: { asked: 'S3' },
      by: '2:00',
      critical: true,
    },
  ],
  criticalFails: [
    { id: 'left', what: 'Closed without asking S3.', seen: { recorded: 'closed' }, unless: { asked: 'S3' } },
  ],
  rubric: [
    { id: 'warmth', title: 'Warmth', look: 'How she is spoken to.', steps: ['Cold.', 'Polite.', 'Warm.'] },
  ],
  ...changes,
});

export const smallScript = (changes: Input = {}): TrainingScript =>
  trainingScript.parse(smallScriptInput(changes));
