/** A trainer's first script, written from the reference page alone. */
export const OWN_SCRIPT = `format: lantern-training-1
id: firstCall
title: 'A first call: Idris, 47, and a lost job'
summary: A short call with one thing that has to be asked.
contentWarning: Losing work; thoughts of not going on.
learningGoals:
  - Asks where he is, and asks directly.
caller:
  name: Idris
  age: 47
  about: self
  voice: Quiet, traffic behind him.
  mood: Flat.
  story: He lost his job on Monday and walks about at night.
facts:
  - id: place
    fact: He is on Mill Lane, Wexcombe.
    question: O3
    answer: given
    fields: { place: 'Mill Lane, Wexcombe', saidBack: yes }
  - id: thoughts
    fact: He thinks of not going on.
    question: S3
    answer: yes
saidUnasked:
  - id: opens
    say: I did not know whom to ring.
onlyIfAsked:
  - id: where
    question: O3
    say: Mill Lane. Walking.
    reveals: [place]
  - id: thinks
    question: S3
    say: What would be the point, some nights.
    reveals: [thoughts]
ifNothingFits:
  - I could not say.
endings:
  expected:
    - id: seenTomorrow
      route: crhtUrgent
      outcome: '05'
      because: Somebody sees him tomorrow.
expectations:
  - id: direct
    expect: Ask directly by two minutes.
    moment: { asked: S3 }
    by: 2:00
    critical: true
rubric:
  - id: warmth
    title: Warmth
    look: Whether he is met.
    steps:
      - He is hurried.
      - He is met.
`;
