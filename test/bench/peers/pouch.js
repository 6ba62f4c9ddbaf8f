import PouchDB from 'pouchdb-browser';

// PouchDB has no setting for the durability of its transactions: they are Chromium's default, "relaxed".
let database;

/** A new local database, filled with these events while there is no server to send them to. */
async function fill(name, events) {
  database = new PouchDB(name, { auto_compaction: true });
  for (let at = 0; at < events.length; at += 500) {
    await database.bulkDocs(
      events.slice(at, at + 500).map((event) => ({ _id: `${event.stream}:${event.seq}`, ...event })),
    );
  }
}

/** Milliseconds from the start of replication until the server has every document. */
async function drain(name) {
  const began = performance.now();
  const done = await database.replicate.to(`${location.origin}/couch/${name}`, {
    batch_size: 500,
    batches_limit: 10,
  });
  const took = performance.now() - began;
  if (!done.ok || done.doc_write_failures > 0) throw new Error('PouchDB did not send everything');
  await database.destroy();
  return { took, sent: done.docs_written };
}

/** Single puts, one after another (ms). */
async function save(name, events) {
  const own = new PouchDB(name);
  const took = [];
  for (const event of events) {
    const began = performance.now();
    await own.put({ _id: `${event.stream}:${event.seq}`, ...event });
    took.push(performance.now() - began);
  }
  await own.destroy();
  return took;
}

window.peer = { fill, drain, save };
