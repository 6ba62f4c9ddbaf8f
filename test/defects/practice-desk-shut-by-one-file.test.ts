import { expect, test } from 'vitest';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { practiceDesk } from '../training/support/practice-desk.ts';

// A practice in hand that the disk refused to give back at a start left the whole room without an answer, and the refusal
// unheard: that ends the browser host.

test('a practice that the disk does not give back is not taken up, and the room answers all the same', async () => {
  const disk = {
    ...nodeDisk,
    read: (path: string) =>
      path.endsWith('practice-in-hand.json')
        ? Promise.reject(Object.assign(new Error(), { code: 'EIO' }))
        : nodeDisk.read(path),
  };
  const { trainee, trainer } = await practiceDesk(undefined, { disk });
  expect(await trainee.call('training.now', {})).toEqual({ ok: true, value: {} });
  expect(await trainer.call('training.library', {})).toMatchObject({ ok: true });
});
