import { expect, type Locator, type Page } from '@playwright/test';
import { type Happening } from '../../../shared/events/event.ts';
import { content } from '../../support/call-builder.ts';
import { type Keyboard } from './keyboard.ts';

type DataOf<T extends Happening['type']> = Extract<Happening, { type: T }>['data'];

const GROUNDS = {
  danger: 'Danger to somebody',
  capacity: 'Cannot decide this now',
  child: 'A child',
  crime: 'A serious crime',
} as const;
const TRIES = {
  noAnswer: 'No answer',
  engaged: 'Engaged',
  voicemail: 'Voicemail',
  wrongPerson: 'Wrong person',
  notSafeToRing: 'Not safe to ring',
} as const;
const YES_NO = { yes: 'Yes', no: 'No', notKnown: 'Not known' } as const;

/** What goes on beside the conversation, done by keyboard through the window as a handler would. */
export class Beside {
  readonly page: Page;
  readonly keys: Keyboard;

  constructor(page: Page, keys: Keyboard) {
    this.page = page;
    this.keys = keys;
  }

  /** Does one happening; false for what it does not know. */
  async perform({ type, data }: Happening): Promise<boolean> {
    switch (type) {
      case 'safeguarding.recorded':
        await this.safeguarding(data);
        return true;
      case 'task.opened':
        await this.task(data);
        return true;
      case 'emergency.raised':
        await this.keys.press('F9');
        await expect(this.page.getByText('Not yet confirmed').first()).toBeVisible();
        return true;
      case 'emergency.handedOver':
        await this.reference(data);
        return true;
      case 'emergency.contactConfirmed':
        await this.contact(data);
        return true;
      case 'line.confirmed':
        await this.keys.press('F8');
        await this.keys.push(this.page.getByRole('button', { name: 'The caller is still there' }));
        return true;
      case 'emergency.refused':
        await this.refusedByControl(data);
        return true;
      case 'call.adapted':
        await this.adapt(data);
        return true;
      case 'line.dropped':
        await this.drop(data);
        return true;
      case 'callBack.attempted':
        await this.keys.press('F8');
        await this.keys.push(this.page.getByRole('button', { name: TRIES[data.result], exact: true }));
        return true;
      case 'callBack.decided':
        await this.decideCallBack(data);
        return true;
      case 'consent.overridden':
        await this.overrideConsent(data);
        return true;
      default:
        return false;
    }
  }

  private async safeguarding(data: DataOf<'safeguarding.recorded'>): Promise<void> {
    await this.keys.press('F7');
    const form = this.form('Safeguarding step');
    await this.write(form, 'About whom', data.about);
    await this.keys.choose(
      form.getByRole('radiogroup', { name: 'Is there a concern' }),
      YES_NO[data.concern],
    );
    await this.write(form, 'What was done, and whom was told', data.action);
    await this.write(form, 'By whom', data.by.name);
    await this.write(form, 'Their role', data.by.role);
    await this.keys.push(form.getByRole('button', { name: 'Keep the safeguarding step' }));
    await expect(form).toBeHidden();
  }

  /** Due times of a script are of the evening it was written for: on screen any time of the coming day will do. */
  private async task(data: DataOf<'task.opened'>): Promise<void> {
    if (data.kind === 'confirmContact') return this.contactTask(data);
    const chase = data.kind === 'chaseHandover';
    await this.keys.press(chase ? 'Alt+6' : 'Alt+7');
    const form = this.form(chase ? 'Chase task' : 'Follow-up task');
    await this.unfold(form, chase ? /open a chase task/ : 'Open a follow-up task');
    await this.write(form, 'Owner, by name', data.owner);
    await this.write(form, 'Due', '23:30');
    await this.write(form, 'What they will do', data.what);
    await this.keys.push(form.getByRole('button', { name: 'Open the task' }));
    await expect(this.page.getByText(data.what).first()).toBeVisible();
  }

  private async reference(data: DataOf<'emergency.handedOver'>): Promise<void> {
    const form = this.form('Reference');
    if (!(await form.isVisible())) await this.keys.press('F9');
    await this.write(form, 'Reference from ambulance or police control', data.reference);
    if (data.takenBy !== undefined) await this.write(form, 'Who took it (optional)', data.takenBy);
    if (data.action !== undefined) await this.write(form, 'What they will do (optional)', data.action);
    await this.keys.push(form.getByRole('button', { name: 'They have it' }));
    await expect(form).toBeHidden();
    await this.keys.press('Escape');
  }

  private async contact(data: DataOf<'emergency.contactConfirmed'>): Promise<void> {
    const form = this.form('Somebody is with them');
    if (!(await form.isVisible())) await this.keys.press('F9');
    await this.write(form, 'Who said that somebody is with them', data.by);
    if (data.words !== undefined) await this.write(form, 'What they said (optional)', data.words);
    await this.keys.push(form.getByRole('button', { name: 'Somebody is with them' }));
    await expect(form).toBeHidden();
    await this.keys.press('Escape');
  }

  private async contactTask(data: DataOf<'task.opened'>): Promise<void> {
    await this.keys.press('F9');
    const form = this.form('Ask whether somebody is with them');
    await this.unfold(form, 'The call ends before they are there: who asks');
    await this.write(form, 'Owner, by name', data.owner);
    await this.write(form, 'Due', '23:30');
    await this.write(form, 'What they will do', data.what);
    await this.keys.push(form.getByRole('button', { name: 'Open the task' }));
    await expect(this.page.getByText(data.what).first()).toBeVisible();
    await this.keys.press('Escape');
  }

  private async refusedByControl(data: DataOf<'emergency.refused'>): Promise<void> {
    const form = this.form('They said no');
    if (!(await this.page.getByText('They said no').first().isVisible())) await this.keys.press('F9');
    await this.unfold(form, 'They said no');
    await this.write(form, 'Who said no', data.by);
    await this.write(form, 'Why', data.reason);
    await this.keys.push(form.getByRole('button', { name: 'Record that they said no' }));
    await expect(this.page.getByText(data.reason).first()).toBeVisible();
    await this.keys.press('Escape');
  }

  private async adapt({ channel, manner }: DataOf<'call.adapted'>): Promise<void> {
    await this.keys.press('F3');
    const form = this.form('How they can talk');
    const { channels, manners } = content.talk;
    await this.keys.choose(form.getByRole('radiogroup', { name: 'Through what' }), channels[channel].title);
    await this.keys.choose(form.getByRole('radiogroup', { name: 'They can speak' }), manners[manner].title);
    await this.keys.push(form.getByRole('button', { name: 'Go on like this' }));
    if (manner === 'silent') await this.keys.press('Escape');
    await expect(form).toBeHidden();
  }

  private async drop(data: DataOf<'line.dropped'>): Promise<void> {
    await this.keys.press('F8');
    const form = this.form('The line dropped');
    if (data.lastWords !== undefined) await this.write(form, 'Their last words (optional)', data.lastWords);
    await this.keys.press('Enter');
    await expect(this.page.getByText('since the line went')).toBeVisible();
  }

  private async decideCallBack(data: DataOf<'callBack.decided'>): Promise<void> {
    await this.keys.press('F8');
    const form = this.form('What happens now');
    await this.write(form, 'Who decides, by name', data.by.name);
    await this.keys.reach(form.getByRole('combobox', { name: 'Their role' }));
    await this.page.keyboard.type(data.by.role);
    await this.write(form, 'What happens now', data.decision);
    await this.keys.push(form.getByRole('button', { name: 'Record the decision' }));
    await expect(form).toBeHidden();
  }

  private async overrideConsent(data: DataOf<'consent.overridden'>): Promise<void> {
    await this.keys.press('Alt+5');
    const form = this.form('Share without agreement');
    await this.unfold(form, /Sharing without agreement/);
    await this.keys.choose(form.getByRole('radiogroup', { name: 'Ground' }), GROUNDS[data.ground]);
    await this.write(form, 'Who decided, by name', data.by.name);
    const role = form.getByRole('combobox', { name: 'Their role' });
    if (await role.isVisible()) {
      await this.keys.reach(role);
      await this.page.keyboard.type(data.by.role);
    }
    await this.write(form, 'Reason', data.reason);
    await this.keys.push(form.getByRole('button', { name: 'Record this decision' }));
    await expect(this.page.getByText(data.reason).first()).toBeVisible();
  }

  /** Opens a folded form by Enter on its summary, unless it stands open. */
  private async unfold(form: Locator, summary: string | RegExp): Promise<void> {
    if (await form.isVisible()) return;
    await this.keys.push(this.page.locator('summary').filter({ hasText: summary }).first());
    await expect(form).toBeVisible();
  }

  private form(name: string): Locator {
    return this.page.getByRole('form', { name, exact: true });
  }

  private write(form: Locator, label: string, text: string): Promise<void> {
    return this.keys.write(form.getByRole('textbox', { name: label, exact: true }), text);
  }
}
