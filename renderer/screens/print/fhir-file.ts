import { type Picture } from '../../../shared/call/picture.ts';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { londonDate } from '../../../shared/exports/london.ts';
import { referralMessage } from '../../../shared/exports/fhir/referral-message.ts';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { type CallId } from '../../../shared/ids.ts';
import { type Problem } from '../../../shared/problem.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type UtcMs } from '../../../shared/time.ts';

export interface FhirParts {
  readonly call: CallId;
  readonly picture: Picture;
  readonly content: Content;
  readonly now: UtcMs;
  /** Who sends, as far as this desk knows. */
  readonly service: string;
  readonly newId: () => string;
}

/** The hand-over as a file for another system: what the card says, under the card's rules of consent (G9). No name in its name. */
export function fhirFile(
  parts: FhirParts,
): Result<{ readonly name: string; readonly text: string }, Problem> {
  const { call, picture, content, now, service, newId } = parts;
  const made = referralMessage(picture, content, {
    call,
    made: now,
    uuid: newId,
    parties: {
      sender: { name: service },
      // Handed over by hand: neither end is an address.
      senderEndpoint: 'urn:lantern:file',
      receiver: { name: chosenRoute(picture)?.data.service ?? sbar(picture, content).to },
      receiverEndpoint: 'urn:lantern:file',
    },
  });
  if (!made.ok) return made;
  const name = `Lantern hand-over ${londonDate(now).replaceAll(/[^A-Za-z0-9]+/g, '-')}.json`;
  return ok({ name, text: `${JSON.stringify(made.value, null, 2)}\n` });
}
