let opened: Promise<IDBDatabase> | undefined;
let next = 1;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('bench-raw', 1);
    asked.addEventListener('upgradeneeded', () =>
      asked.result.createObjectStore('notes', { keyPath: ['stream', 'seq'] }),
    );
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(new Error('the raw database could not be opened')));
  });
}

/** Time of `count` single puts, each in a strict transaction of its own, from call to completion (ms). */
export async function rawPut(count: number, text: string): Promise<number[]> {
  const database = await (opened ??= open());
  const took: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const seq = next++;
    const began = performance.now();
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('notes', 'readwrite', { durability: 'strict' });
      transaction.objectStore('notes').put(recordOf(seq, text));
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(new Error('the raw put was aborted')));
    });
    took.push(performance.now() - began);
  }
  return took;
}

/** As large as an event: the same fields, filled. */
const recordOf = (seq: number, text: string): object => ({
  stream: '019aaaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa',
  seq,
  call: '019aaaaa-aaaa-7aaa-8aaa-aaaaaaaaaaab',
  at: 1_780_000_000_000 + seq,
  author: { id: 'handler-1', role: 'adviser' },
  desk: '019aaaaa-aaaa-7aaa-8aaa-aaaaaaaaaaac',
  content: 'demonstration-1',
  type: 'note.added',
  data: { text },
  prev: '0'.repeat(64),
  hash: '0'.repeat(64),
});
