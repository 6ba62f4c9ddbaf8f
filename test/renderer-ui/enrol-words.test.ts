import { expect, it } from 'vitest';
import { enrolFault } from '../../renderer/screens/enrol/enrol-words.ts';

it.each([
  ['enrol.badCode', 'code', 'Look for a mistyped letter'],
  ['enrol.codeUsed', 'code', 'has been used'],
  ['enrol.codeExpired', 'code', 'too old'],
  ['enrol.otherDesk', 'code', 'another desk'],
  ['enrol.deskExists', 'desk', 'another key'],
  ['enrol.newInAYear', 'code', 'This code cannot be taken. Ask IT'],
  ['desk.newInAYear', 'desk', 'This desk cannot be taken. Ask IT'],
])('a code refused with %s says what to do, and never the hub’s own code', (code, field, words) => {
  const said = enrolFault({ code: 'hub.refused', field, message: `cannot be taken (${code})` });
  expect(said).toContain(words);
  expect(said).not.toContain(code);
});
