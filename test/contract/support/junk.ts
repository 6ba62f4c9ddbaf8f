/** What a broken or hostile window might send. Words like a caller's are in it, to see that none reach a log. */

/** JSON.parse makes `__proto__` an own key, as a frame off a wire has it. */
const parsed = (text: string): unknown => JSON.parse(text);

export const junkInputs: [what: string, method: string, input: unknown, code: string, field: string][] = [
  ['a method that is not there', 'journal.delete', {}, 'bridge.unknownMethod', 'method'],
  ['a method of every object', 'toString', {}, 'bridge.unknownMethod', 'method'],
  ['a method named __proto__', '__proto__', {}, 'bridge.unknownMethod', 'method'],
  ['a method named constructor', 'constructor', {}, 'bridge.unknownMethod', 'method'],
  ['null', 'drafts.save', null, 'bridge.badInput', '(whole)'],
  ['a list', 'drafts.save', [], 'bridge.badInput', '(whole)'],
  ['words', 'settings.set', 'Maya', 'bridge.badInput', '(whole)'],
  ['a field that does not belong', 'session.current', { name: 'Maya' }, 'bridge.badInput', '(whole)'],
  ['a wrong value', 'settings.set', { theme: 'Maya' }, 'bridge.badInput', 'theme'],
  ['a missing field', 'drafts.save', { key: 'note', text: 'Maya' }, 'bridge.badInput', 'at'],
  [
    'too long a text',
    'drafts.save',
    { key: 'note', text: 'Maya'.repeat(60_000), at: 1 },
    'bridge.badInput',
    'text',
  ],
  ['too large a page', 'journal.read', { after: 0, limit: 1e9 }, 'bridge.badInput', 'limit'],
  ['a negative place', 'journal.read', { after: -1, limit: 1 }, 'bridge.badInput', 'after'],
  ['a half number', 'journal.read', { after: 0.5, limit: 1 }, 'bridge.badInput', 'after'],
  ['no events', 'journal.append', { events: [] }, 'bridge.badInput', 'events'],
  [
    'an event that is none',
    'journal.append',
    { events: [{ type: 'Maya' }] },
    'bridge.badInput',
    'events.0.stream',
  ],
  ['an act that no trainer has', 'training.act', { kind: 'fail', who: 'Maya' }, 'bridge.badInput', 'kind'],
  [
    'a practice in no mode',
    'training.begin',
    { file: 'a.yaml', trainee: 'Maya', mode: 'graded' },
    'bridge.badInput',
    'mode',
  ],
  ['a stream that is a path', 'hub.head', { stream: '../../Maya' }, 'bridge.badInput', 'stream'],
  [
    'a polluted prototype',
    'settings.set',
    parsed('{"theme":"Maya","__proto__":{"polluted":1}}'),
    'bridge.badInput',
    'theme',
  ],
];

/** `answered`: it carries an id, 7, so that its sender can be told. */
export const junkFrames: [what: string, frame: unknown, answered: boolean][] = [
  ['nothing', null, false],
  ['a number', 42, false],
  ['words', 'Maya', false],
  ['a list', [], false],
  ['an empty object', {}, false],
  ['no input', { v: 1, kind: 'call', id: 7, method: 'session.current' }, true],
  ['no version', { kind: 'call', id: 7, method: 'session.current', input: {} }, true],
  ['a wrong version', { v: 2, kind: 'call', id: 7, method: 'session.current', input: {} }, true],
  ['a kind that is none', { v: 1, kind: 'shout', id: 7 }, true],
  ['an id of zero', { v: 1, kind: 'call', id: 0, method: 'session.current', input: {} }, false],
  ['an id in words', { v: 1, kind: 'call', id: 'Maya', method: 'session.current', input: {} }, false],
  ['half an id', { v: 1, kind: 'call', id: 7.5, method: 'session.current', input: {} }, false],
  ['an endless method', { v: 1, kind: 'call', id: 7, method: 'M'.repeat(1_000), input: {} }, true],
  [
    'a field that does not belong',
    { v: 1, kind: 'call', id: 7, method: 'session.current', input: {}, as: 'Maya' },
    true,
  ],
  ['a polluted prototype', parsed('{"v":1,"kind":"shout","id":7,"__proto__":{"polluted":1}}'), true],
  ['a reply from the wrong side', { v: 1, kind: 'reply', id: 7, output: {} }, false],
  [
    'a fault from the wrong side',
    { v: 1, kind: 'fault', id: 7, fault: { code: 'a', field: 'b', message: 'c' } },
    false,
  ],
  ['an event from the wrong side', { v: 1, kind: 'event', name: 'hub.changed', payload: {} }, false],
];
