/** The whole script on the reference page: as short as one can be, sound, and meant to be copied. */
export const EXAMPLE_SCRIPT = `format: lantern-training-1
id: lostDog
title: "Bryn, 52: a dog that did not come home"
summary: Grief that sounds small, and a question that has to be asked all the same.
contentWarning: The death of a dog; thoughts of not going on.
learningGoals:
  - Asks directly although the reason sounds small.
caller:
  name: Bryn
  age: 52
  about: self
  voice: Slow, a clock behind him.
  mood: Embarrassed.
  story: His dog was run over on Tuesday. Since his wife left she was who he spoke to.
facts:
  - id: thoughts
    fact: He thinks of not going on.
    question: S3
    answer: yes
  - id: daughter
    fact: His daughter would come.
    question: S9
    answer: given
    fields: { company: His daughter Nia }
saidUnasked:
  - id: opens
    say: It is silly. It is only about a dog.
onlyIfAsked:
  - id: yesToS3
    question: S3
    say: I have thought, what for.
    reveals: [thoughts]
  - id: nia
    question: S9
    say: Nia would come.
    reveals: [daughter]
ifNothingFits:
  - I do not know.
endings:
  expected:
    - id: seenTomorrow
      route: crhtUrgent
      outcome: "05"
      because: Somebody sees him tomorrow, and Nia is with him.
expectations:
  - id: direct
    expect: Ask directly by two minutes.
    moment: { asked: S3 }
    by: 2:00
    critical: true
rubric:
  - id: warmth
    title: Warmth
    look: Whether the dog is taken seriously.
    steps:
      - The dog is passed over.
      - The dog is asked about.
`;
