import { expect, type Locator, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { playUntil } from './support/tour.ts';

let desk: OpenDesk;
test.beforeEach(async () => {
  desk = await openDesk();
});
test.afterEach(() => desk.close());

test('a declined hand-over stays the desk’s, a closed call is opened again by name, and ends with the next choice', async () => {
  test.setTimeout(180_000);
  const page = desk.page();
  const handler = new Handler(page);
  const { keys } = handler;
  await playUntil(desk, handler, 'priya', 'handover.sent');
  await expect(page.getByText(/^Chase today/)).toBeVisible();
  await expect(page.getByText('This desk has the person until')).toBeVisible();
  await page.screenshot({ path: 'test-results/hand-over-sent.png' });

  // Rang again: still waiting, and written down.
  await unfold(handler, 'Rang again, nobody has taken');
  await keys.write(form(handler, 'Chased').getByRole('textbox', { name: 'What came of it' }), 'No answer.');
  await keys.press('Enter');
  await expect(page.getByRole('list', { name: 'Chased' })).toContainText('No answer.');
  await expect(page.getByText('Not yet acknowledged').first()).toBeVisible();

  // A chase task owns it, and the call is closed while nobody has answered.
  await handler.perform({
    record: {
      type: 'task.opened',
      data: { kind: 'chaseHandover', what: 'Ring the duty desk', owner: 'Bea Lund', dueAt: 1 },
    },
  });
  await handler.perform({
    record: { type: 'sayBack.recorded', data: { done: true, words: 'Anita stays, they ring by nine.' } },
  });
  await handler.perform({ record: { type: 'call.closed', data: { outcome: '05' } } });
  await expect(page.getByRole('region', { name: 'Alert: Sent, not yet acknowledged' })).toBeVisible();

  // Afterwards they say no, with a reason from the national list.
  await unfold(handler, 'They said no');
  const no = form(handler, 'Declined');
  await keys.write(no.getByRole('textbox', { name: 'Who said no, by name' }), 'Lee, duty nurse');
  await keys.push(no.getByRole('button', { name: 'Record the refusal' }));
  await expect(no.getByRole('alert').filter({ hasText: 'Choose the reason.' })).toBeVisible();
  await keys.reach(no.getByRole('combobox', { name: 'Reason' }));
  await page.keyboard.type('No room');
  await keys.write(no.getByRole('textbox', { name: 'What they said' }), 'Nobody to send tonight.');
  await keys.press('Enter');
  await expect(page.getByText('22 No room: full, or nobody free').first()).toBeVisible();
  const alert = page.getByRole('region', { name: 'Alert: Declined: nobody has this person' });
  await expect(alert).toBeVisible();
  await page.screenshot({ path: 'test-results/closed-declined.png' });

  // Loud in the work list of the desk, which still owns the person.
  await handler.backToStart();
  const row = page.getByRole('button', { name: /Hand-over declined/ }).first();
  await expect(row).toContainText('Northmoor crisis team');
  await expect(row).toContainText('No room');
  await page.screenshot({ path: 'test-results/work-declined.png' });
  await keys.push(row);

  // Opened again by name and reason; sent to the next choice, acknowledged, closed.
  await keys.push(alert.getByRole('button', { name: 'Take it up again' }));
  await keys.write(
    form(handler, 'Open this call again').getByRole('textbox', { name: 'Why' }),
    'Northmoor cannot come tonight.',
  );
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'Declined: what is next' })).toBeVisible();
  await page.screenshot({ path: 'test-results/hand-over-declined.png' });
  await handler.perform({
    record: {
      type: 'handover.sent',
      data: { route: 'crhtVeryUrgent', to: 'Eastmoor crisis team', how: 'phone' },
    },
  });
  await handler.perform({ acknowledge: { by: 'Kit, night nurse' } });
  await handler.perform({ record: { type: 'call.closed', data: { outcome: '05' } } });
  await expect(page.getByText('Kit, night nurse has this person')).toBeVisible();
  await expect(page.getByRole('region', { name: /^Alert/ })).toHaveCount(0);

  // They ring back: they cannot come after all. Nobody has the person, and it is loud again.
  await unfold(handler, 'They rang back');
  await keys.write(no.getByRole('textbox', { name: 'Who said no, by name' }), 'Kit, night nurse');
  await keys.reach(no.getByRole('combobox', { name: 'Reason' }));
  await page.keyboard.type('No room');
  await keys.write(no.getByRole('textbox', { name: 'What they said' }), 'Both cars are out.');
  await keys.press('Enter');
  await expect(alert).toBeVisible();
  await expect(page.getByText('Until then Kit, night nurse had this person')).toBeVisible();
});

const form = (handler: Handler, name: string): Locator =>
  handler.page.getByRole('form', { name, exact: true });
const unfold = (handler: Handler, summary: string): Promise<void> =>
  handler.keys.push(handler.page.locator('summary').filter({ hasText: summary }).first());
