import { DOMAIN } from '../../services/policy/managed-preferences.ts';
import { templateKeys } from './keys.ts';
import { type Element, element, written, XML_HEAD } from './xml.ts';

/** Two payloads of one profile: each has an identity of its own that never changes, so that a new version replaces it. */
const PROFILE_ID = '6F0C6B1E-6B5B-4D58-9E0A-4A7B3C2D1E01';
const PAYLOAD_ID = '6F0C6B1E-6B5B-4D58-9E0A-4A7B3C2D1E02';
const DOCTYPE =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';

/** A configuration profile for macOS with every key at its example or default: delete what you do not set. */
export function mobileconfig(): string {
  const settings = Object.fromEntries(
    templateKeys()
      .filter(({ isSecret }) => isSecret !== true)
      .map(({ key, shown }) => [key, shown]),
  );
  const payload = {
    PayloadType: DOMAIN,
    PayloadVersion: 1,
    PayloadIdentifier: `${DOMAIN}.settings`,
    PayloadUUID: PAYLOAD_ID,
    PayloadDisplayName: 'Lantern settings',
    ...settings,
  };
  const profile = {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: DOMAIN,
    PayloadUUID: PROFILE_ID,
    PayloadScope: 'System',
    PayloadDisplayName: 'Lantern',
    PayloadDescription: 'Settings and policies of Lantern, the crisis-call workstation.',
    PayloadContent: [payload],
  };
  return XML_HEAD + DOCTYPE + written(element('plist', { version: '1.0' }, [plist(profile)]));
}

/** A value as a property list has it. */
function plist(value: unknown): Element {
  if (typeof value === 'boolean') return element(value ? 'true' : 'false');
  if (typeof value === 'number') return element('integer', {}, String(value));
  if (typeof value === 'string') return element('string', {}, value);
  if (Array.isArray(value)) return element('array', {}, value.map(plist));
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).flatMap(([key, item]) => [element('key', {}, key), plist(item)]);
    return element('dict', {}, pairs);
  }
  throw new Error('a property list has no such value');
}
