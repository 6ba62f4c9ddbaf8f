import { type json } from '../../canonical.ts';
import { type z } from 'zod';

type Json = z.infer<typeof json>;

/** A FHIR R4 resource as it is written: its type, its id within the bundle, and its elements. */
export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: Json | undefined;
}

export interface Reference {
  readonly reference: string;
  [element: string]: Json;
}

/** How entries of one message point at each other. */
export const pointTo = (resource: { readonly id: string }): Reference => ({
  reference: `urn:uuid:${resource.id}`,
});

export const coded = (system: string, code: string, display?: string): Record<string, Json> => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

/** Text as the narrative of a resource. Typed text is a stranger's: nothing in it is markup. */
export const narrative = (text: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml">${text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)}</div>`;

/** The code systems of the Booking and Referral Standard that the message names. */
export const BARS = {
  events: 'https://fhir.nhs.uk/CodeSystem/message-events-bars',
  reasons: 'https://fhir.nhs.uk/CodeSystem/message-reason-bars',
  useCase: 'https://fhir.nhs.uk/CodeSystem/usecases-categories-bars',
  flags: 'https://fhir.nhs.uk/CodeSystem/flag-categories-bars',
} as const;
