import { expect, type Locator, type Page } from '@playwright/test';
import { type Happening } from '../../../shared/events/event.ts';
import { NO_ROUTE, stages } from '../../../shared/events/vocabulary.ts';
import { reasonTitle } from '../../../shared/referral/decline-reasons.ts';
import { content } from '../../support/call-builder.ts';
import { type Step } from '../../simulate/script.ts';
import { Beside } from './beside.ts';
import { Keyboard } from './keyboard.ts';

type DataOf<T extends Happening['type']> = Extract<Happening, { type: T }>['data'];

const STATE_NAMES = {
  yes: 'Yes',
  no: 'No',
  given: 'Given',
  notKnown: 'Not known',
  declined: 'Declined',
  couldNotAsk: 'Could not ask',
} as const;
const FITS = {
  age: 'Takes this age',
  area: 'Takes this area',
  hours: 'Open when they would arrive',
  medical: 'Fits their medical needs',
} as const;
const CONSENT = {
  agreed: /agreed/i,
  refused: /refused/i,
  notAsked: /not asked/i,
  couldNotAsk: /could not ask/i,
} as const;

/** A call handler who does by keyboard, through the window, what a call script says. */
export class Handler {
  readonly page: Page;
  readonly keys: Keyboard;
  private readonly beside: Beside;

  constructor(page: Page) {
    this.page = page;
    this.keys = new Keyboard(page);
    this.beside = new Beside(page, this.keys);
  }

  /** What the save light says now: title and detail. */
  async light(): Promise<string> {
    return (await this.page.getByRole('group', { name: 'Save light' }).innerText()).replaceAll('\n', ' ');
  }

  async takeCall(): Promise<void> {
    await expect(this.page.getByRole('button', { name: /Take a call/ })).toBeVisible();
    await this.keys.press('F4');
    await expect(this.page.getByRole('navigation', { name: 'Guide' })).toBeVisible();
  }

  async backToStart(): Promise<void> {
    await this.keys.press('Alt+0');
    await expect(this.page.getByRole('button', { name: /Take a call/ })).toBeVisible();
  }

  /** Does one step of a script. Returns false for what the window does by itself. */
  async perform(step: Exclude<Step, { hub: unknown }>): Promise<boolean> {
    if ('acknowledge' in step) {
      await this.acknowledge(step.acknowledge);
      return true;
    }
    if ('decline' in step) {
      await this.decline(step.decline);
      return true;
    }
    const { type, data } = step.record;
    switch (type) {
      case 'stage.entered':
        await this.keys.press(`Alt+${stages.indexOf(data.stage) + 1}`);
        return true;
      case 'answer.recorded':
        await this.answer(data);
        return true;
      case 'note.added':
        await this.note(data.text);
        return true;
      case 'service.checked':
        await this.checkService(data);
        return true;
      case 'route.chosen':
        await this.chooseRoute(data);
        return true;
      case 'consult.requested':
        await this.keys.press('F6');
        await this.keys.write(
          this.box(this.form('Ask for a consult'), 'What about (optional)'),
          data.about ?? 'Second opinion',
        );
        await this.keys.press('Enter');
        return true;
      case 'consult.decided':
        await this.decide(data);
        return true;
      case 'consent.recorded':
        await this.consent(data);
        return true;
      case 'plan.recorded':
        await this.plan(data);
        return true;
      case 'handover.sent':
        await this.send(data);
        return true;
      case 'sayBack.recorded':
        await this.sayBack(data);
        return true;
      case 'call.closed':
        await this.close(data);
        return true;
      default:
        return this.beside.perform(step.record);
    }
  }

  /** Puts a question in hand (by the palette, unless it is there already) and records its answer. */
  async answer(data: DataOf<'answer.recorded'>): Promise<void> {
    const question = content.question(data.question);
    if (question === undefined) throw new Error(`no question ${data.question}`);
    const form = this.form(question.ask);
    if (!(await form.isVisible())) {
      await this.keys.press('Control+k');
      await this.page.keyboard.type(question.short);
      await this.keys.press('Enter');
    }
    await expect(form).toBeVisible();
    // A yes-or-no question opens its fields with the answer; a value question asks for them first.
    if (question.kind === 'yesNo') await this.chooseState(form, question.ask, data.state);
    for (const field of question.fields ?? []) {
      const value = data.fields?.[field.id];
      if (value === undefined) continue;
      if (field.kind === 'choice') {
        const label = field.options?.find((option) => option.code === value)?.label ?? value;
        await this.keys.choose(form.getByRole('radiogroup', { name: field.label }), label);
      } else await this.keys.write(this.box(form, field.label), value);
    }
    if (question.kind === 'value') await this.chooseState(form, question.ask, data.state);
    if (data.words !== undefined) await this.keys.write(this.box(form, 'In their own words'), data.words);
    await this.keys.press('Enter');
    await expect(this.page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0);
  }

  async note(text: string): Promise<void> {
    await this.keys.press('F2');
    await this.page.keyboard.type(text);
    await this.keys.press('Enter');
    const isEmergency = !(await this.page.getByRole('navigation', { name: 'Guide' }).isVisible());
    if (isEmergency) {
      // The emergency screen has the box and no list: kept is what has left the box.
      await expect(this.page.getByRole('textbox', { name: 'Add a note' })).toHaveValue('');
      return;
    }
    const kept = this.page.getByRole('region', { name: 'Notes', exact: true });
    // The options take the whole width; picture and notes fold away beside them.
    const folded = !(await kept.isVisible());
    if (folded) await this.keys.press('Alt+8');
    await expect(kept).toContainText(text);
    if (folded) await this.keys.press('Alt+8');
  }

  /** By single key where the group has focus already, as a quick hand would; else by Tab and arrows. */
  private async chooseState(form: Locator, ask: string, state: keyof typeof STATE_NAMES): Promise<void> {
    await this.keys.choose(form.getByRole('radiogroup', { name: ask }), STATE_NAMES[state]);
  }

  private async openRoute(id: string): Promise<void> {
    const at = content.routes.findIndex((route) => route.id === id);
    const title = content.routes[at]?.title ?? '';
    const heading = this.page.getByRole('heading', { name: title, level: 1 });
    if (await heading.isVisible()) return;
    await this.keys.press('Alt+4');
    await expect(this.page.getByRole('heading', { name: 'What could help' })).toBeVisible();
    await this.keys.press(String((at + 1) % 10));
    await this.keys.press('Enter');
    await expect(heading).toBeVisible();
  }

  private async checkService(data: DataOf<'service.checked'>): Promise<void> {
    await this.openRoute(data.route);
    const form = this.form('Service check');
    await this.keys.write(this.box(form, 'Which service'), data.name);
    for (const fit of ['age', 'area', 'hours', 'medical'] as const) {
      await this.keys.choose(form.getByRole('radiogroup', { name: FITS[fit] }), STATE_NAMES[data.fits[fit]]);
    }
    await this.keys.write(this.box(form, 'How this was checked'), data.checkedHow);
    await this.keys.press('Enter');
    await expect(this.page.getByRole('region', { name: 'Does the service fit' })).toContainText('Checked');
  }

  private async chooseRoute(data: DataOf<'route.chosen'>): Promise<void> {
    await this.openRoute(data.route);
    const form = this.form(`Choose ${content.route(data.route)?.title ?? ''}`);
    const soon = form.getByRole('radiogroup', { name: 'How soon' });
    const names = { '1': 'Emergency', '4': 'Very urgent', '2': 'Urgent', '3': 'Routine' } as const;
    if (await soon.isVisible()) await this.keys.choose(soon, names[data.urgency]);
    await this.keys.write(this.box(form, 'What they want, in their own words'), data.choice ?? 'Agreed.');
    await this.keys.press('Enter');
    await expect(this.page.getByRole('region', { name: 'The plan' })).toBeVisible();
  }

  private async decide(data: DataOf<'consult.decided'>): Promise<void> {
    const form = this.form('Clinician’s decision');
    if (!(await form.isVisible())) await this.keys.press('F6');
    await this.keys.write(this.box(form, 'Clinician, by name'), data.clinician.name);
    await this.keys.write(this.box(form, 'What they decided, and why'), data.decision);
    const agreed = form.getByRole('group', { name: 'They agreed to' });
    for (const id of data.agreed ?? []) {
      const name = id === NO_ROUTE ? content.consult.withoutRoute : (content.route(id)?.title ?? id);
      await this.keys.reach(agreed.getByRole('checkbox', { name, exact: true }));
      await this.keys.press('Space');
    }
    for (const id of data.gates ?? []) {
      await this.keys.reach(form.getByRole('checkbox', { name: content.gate(id)?.title ?? id }));
      await this.keys.press('Space');
    }
    await this.keys.push(form.getByRole('button', { name: 'Keep the decision' }));
    await expect(form).toBeHidden();
  }

  private async consent(data: DataOf<'consent.recorded'>): Promise<void> {
    await this.keys.press('Alt+5');
    const form = this.form('Consent to share');
    await this.keys.choose(form.getByRole('radiogroup', { name: 'They said' }), CONSENT[data.state]);
    if (data.words !== undefined) {
      await this.keys.write(this.box(form, 'What they want kept back, or why it was not asked'), data.words);
    }
    await this.keys.press('Enter');
    await expect(form).toBeHidden();
  }

  private async plan(data: DataOf<'plan.recorded'>): Promise<void> {
    await this.keys.press('Alt+5');
    const title = content.planHeadings.find((heading) => heading.id === data.heading)?.title ?? '';
    const form = this.form(`Plan: ${title}`);
    // Without a route the plan is made on the last page.
    if (!(await form.isVisible())) await this.keys.press('Alt+7');
    await this.keys.write(this.box(form, title), data.text);
    await this.keys.press('Enter');
    await expect(form).toContainText(data.text);
  }

  private async send(data: DataOf<'handover.sent'>): Promise<void> {
    await this.keys.press('Alt+6');
    const form = this.form('Hand over');
    const names = {
      phone: 'By phone',
      spoken: 'Spoken, in this call',
      print: 'Printed',
      file: 'As a file',
      endpoint: 'By secure message',
    } as const;
    await this.keys.write(this.box(form, 'To whom'), data.to);
    await this.keys.choose(form.getByRole('radiogroup', { name: 'How' }), names[data.how]);
    await this.keys.press('Enter');
    await expect(this.page.getByText('Not yet acknowledged').first()).toBeVisible();
  }

  private async acknowledge(data: { by: string; reference?: string }): Promise<void> {
    const form = this.form('Acknowledged');
    if (data.reference !== undefined)
      await this.keys.write(this.box(form, 'Their reference (optional)'), data.reference);
    await this.keys.write(this.box(form, 'Who has the person now, by name'), data.by);
    await this.keys.press('Enter');
    await expect(this.page.getByText(`${data.by} has this person`)).toBeVisible();
  }

  private async decline(data: { by: string; code: string; reason: string }): Promise<void> {
    const form = this.form('Declined');
    if (!(await form.isVisible()))
      await this.keys.push(this.page.locator('summary').filter({ hasText: 'They said no' }));
    await this.keys.write(this.box(form, 'Who said no, by name'), data.by);
    await this.keys.reach(form.getByRole('combobox', { name: 'Reason' }));
    await this.page.keyboard.type(reasonTitle(data.code).slice(0, 12));
    await this.keys.write(this.box(form, 'What they said'), data.reason);
    await this.keys.push(form.getByRole('button', { name: 'Record the refusal' }));
    await expect(this.page.getByText(data.reason).first()).toBeVisible();
  }

  private async sayBack(data: DataOf<'sayBack.recorded'>): Promise<void> {
    await this.keys.press('Alt+7');
    const form = this.form('Said back');
    await this.keys.choose(
      form.getByRole('radiogroup', { name: 'Did they say it back' }),
      data.done ? 'Yes' : 'No',
    );
    await this.keys.write(this.box(form, 'What they said, or why it could not be done'), data.words);
    await this.keys.press('Enter');
    await expect(form).toContainText(data.words);
  }

  private async close(data: DataOf<'call.closed'>): Promise<void> {
    await this.keys.press('Alt+7');
    const form = this.form('Close the call');
    await this.keys.choose(
      form.getByRole('radiogroup', { name: 'How this call ends' }),
      new RegExp(`^(✓ )?${data.outcome} `),
    );
    await this.keys.push(form.getByRole('button', { name: 'Close call' }));
    await expect(this.page.getByRole('heading', { level: 1 })).toContainText(data.outcome);
  }

  private form(name: string): Locator {
    return this.page.getByRole('form', { name, exact: true });
  }

  private box(form: Locator, label: string): Locator {
    return form.getByRole('textbox', { name: label, exact: true });
  }
}
