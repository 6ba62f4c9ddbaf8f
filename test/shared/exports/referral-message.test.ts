import { Fhir, type ValidatorMessage } from 'fhir';
import { describe, expect, it } from 'vitest';
import { fromContent } from './support/written.ts';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { content } from '../../support/call-builder.ts';
import { playedCall, scriptNames } from '../../support/played-call.ts';

const BAD: readonly string[] = ['error', 'fatal'];

/** Finds what the R4 definitions do not allow. It is another project's reading of them, not ours. */
const validator = new Fhir();
const faults = (bundle: unknown): ValidatorMessage[] =>
  validator
    .validate(bundle as object, { errorOnUnexpected: true })
    .messages.filter(({ severity = 'error' }) => BAD.includes(severity));

const sent = scriptNames
  .map((name) => ({ name, ...playedCall(name) }))
  .filter(({ snapshot }) => chosenRoute(snapshot.context.picture) !== undefined)
  .filter(({ snapshot }) => sbar(snapshot.context.picture, content).sharing.state !== 'notShared');

describe('a hand-over as a FHIR message', () => {
  it('is made of enough written calls to say something', () => {
    expect(sent.length).toBeGreaterThan(15);
  });

  it.each(sent)('$name holds to the R4 definitions', ({ snapshot, events }) => {
    const made = fromContent(snapshot.context.picture, events);
    expect(made.ok && faults(made.value)).toEqual([]);
  });

  it('is found faulty when it is: the validator sees a wrong code, a missing and a strange element', () => {
    const [first] = sent;
    const made = first && fromContent(first.snapshot.context.picture, first.events);
    if (made?.ok !== true) throw new Error('nothing was made');
    const spoilt = (change: (resource: Record<string, unknown>) => void): number => {
      const copy = structuredClone(made.value) as unknown as {
        entry: { resource: Record<string, unknown> }[];
      };
      const request = copy.entry.find(({ resource }) => resource['resourceType'] === 'ServiceRequest');
      if (request === undefined) throw new Error('there is no request');
      change(request.resource);
      return faults(copy).length;
    };
    expect(spoilt((request) => (request['status'] = 'perhaps'))).toBeGreaterThan(0);
    expect(spoilt((request) => delete request['intent'])).toBeGreaterThan(0);
    expect(spoilt((request) => (request['riskLevel'] = 'x'))).toBeGreaterThan(0);
  });

  it.each(['priya', 'aisha', 'dev'])('%s reads as it was agreed', async (name) => {
    const { snapshot, events } = playedCall(name);
    const made = fromContent(snapshot.context.picture, events);
    await expect(`${JSON.stringify(made, null, 2)}\n`).toMatchFileSnapshot(`golden/fhir/${name}.json`);
  });

  it('has every resource that the standard asks for, and every reference inside points to one of them', () => {
    for (const { snapshot, events } of sent) {
      const made = fromContent(snapshot.context.picture, events);
      if (!made.ok) throw new Error(made.error.message);
      const types = made.value.entry.map(({ resource }) => resource.resourceType);
      for (const [type, count] of Object.entries({
        MessageHeader: 1,
        ServiceRequest: 1,
        Patient: 1,
        Encounter: 1,
        CarePlan: 1,
        HealthcareService: 1,
        Organization: 2,
        Practitioner: 1,
        PractitionerRole: 1,
        Consent: 1,
      }))
        expect(types.filter((each) => each === type).length, type).toBe(count);
      const urls = new Set(made.value.entry.map(({ fullUrl }) => fullUrl));
      const pointed = [...JSON.stringify(made.value).matchAll(/"reference":"([^"]+)"/g)].map(
        ([, url]) => url,
      );
      expect(pointed.filter((url) => url === undefined || !urls.has(url))).toEqual([]);
    }
  });

  it('says of every unknown that it is not known, and holds no NHS number and no level', () => {
    const { snapshot, events } = playedCall('carol');
    const text = JSON.stringify(fromContent(snapshot.context.picture, events));
    const unknown = sbar(snapshot.context.picture, content).sections.find(({ id }) => id === 'unknown');
    for (const line of unknown?.lines ?? []) expect(text).toContain(line.mark);
    expect(text).not.toMatch(/nhs-number|"(high|medium|low)"/i);
  });

  it('is refused without a chosen route, and while nothing may be shared', () => {
    const unshared = scriptNames
      .map((name) => playedCall(name))
      .find(({ snapshot }) => sbar(snapshot.context.picture, content).sharing.state === 'notShared');
    const picture = unshared?.snapshot.context.picture;
    if (picture === undefined) throw new Error('no written call without consent');
    const made = fromContent(picture, unshared?.events ?? []);
    expect(made).toMatchObject({
      ok: false,
      error: { code: chosenRoute(picture) === undefined ? 'export.noRoute' : 'export.notShared' },
    });
  });
});
