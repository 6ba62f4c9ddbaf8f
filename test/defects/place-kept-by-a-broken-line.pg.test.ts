import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newStream, notes, sealed } from '../hub/support/events.ts';
import { NOON, startHub, taken } from '../hub/support/hub.ts';

// A line that broke while the hub was still looking at who sends kept its place at the gate for ever: after a few of
// them the desk was told to wait for batches that did not exist, until the hub was started again.

test('a line that breaks before the hub knows its desk keeps no place at the gate', async () => {
  const hub = await startHub();
  try {
    const desk = await hub.enrolled();
    const port = Number(new URL(await hub.app.listen({ host: '127.0.0.1', port: 0 })).port);
    const stream = newStream();
    // The desk is looked up in the database, which answers after the line has gone.
    const holder = await hub.database.another().connect();
    await holder.query('BEGIN; LOCK TABLE desks IN ACCESS EXCLUSIVE MODE');
    const lines = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(
          `POST /v1/streams/${stream}/events HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n` +
            `Authorization: Bearer ${await desk.assertion(NOON)}\r\nContent-Length: 1000\r\n\r\n{"v":1,`,
        );
        return socket;
      }),
    );
    await delay(200);
    for (const line of lines) line.resetAndDestroy();
    await delay(200);
    await holder.query('COMMIT');
    holder.release();
    await delay(200);
    const events = await sealed(notes(3), { stream, desk: desk.id, at: NOON });
    expect(taken(await hub.push(desk, stream, 1, events)).acked).toBe(3);
  } finally {
    await hub.close();
  }
});
