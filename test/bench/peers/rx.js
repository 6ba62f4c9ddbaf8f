import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

const text = (maxLength) => ({ type: 'string', maxLength });
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(80),
    stream: text(40),
    seq: { type: 'integer' },
    call: text(40),
    at: { type: 'integer' },
    author: { type: 'object' },
    desk: text(40),
    content: text(60),
    type: text(60),
    data: { type: 'object', additionalProperties: true },
    prev: text(64),
    hash: text(64),
  },
  required: [
    'id',
    'stream',
    'seq',
    'call',
    'at',
    'author',
    'desk',
    'content',
    'type',
    'data',
    'prev',
    'hash',
  ],
};

let database;

async function make(name) {
  const made = await createRxDatabase({
    name,
    storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
    multiInstance: false,
  });
  await made.addCollections({ events: { schema } });
  return made;
}
const documentOf = (event) => ({ id: `${event.stream}:${event.seq}`, ...event });

/** A new local database, filled with these events while there is no server to send them to. */
async function fill(name, events) {
  database = await make(name);
  for (let at = 0; at < events.length; at += 500) {
    const { error } = await database.events.bulkInsert(events.slice(at, at + 500).map(documentOf));
    if (error.length > 0) throw new Error('RxDB did not keep everything');
  }
}

/** Milliseconds from the start of replication until every document was pushed and that is noted here. */
async function drain() {
  let sent = 0;
  const began = performance.now();
  const replication = replicateRxCollection({
    collection: database.events,
    replicationIdentifier: 'bench',
    live: false,
    push: {
      batchSize: 500,
      async handler(rows) {
        const answer = await fetch('/push', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(rows.map((row) => row.newDocumentState)),
        });
        if (!answer.ok) throw new Error(`the push was refused: ${answer.status}`);
        sent += rows.length;
        return answer.json();
      },
    },
  });
  await replication.awaitInitialReplication();
  const took = performance.now() - began;
  await database.remove();
  return { took, sent };
}

/** Single inserts, one after another (ms). */
async function save(name, events) {
  const own = await make(name);
  const took = [];
  for (const event of events) {
    const document = documentOf(event);
    const began = performance.now();
    await own.events.insert(document);
    took.push(performance.now() - began);
  }
  await own.remove();
  return took;
}

window.peer = { fill, drain, save };
