import { type Fault } from '../../../shared/bridge/frames.ts';
import { secureAddress } from '../../../shared/policy/values.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { refuse } from '../faults.ts';

/** Reads the address of a hub. Plain http goes only to this computer: events are never sent in the clear. */
export function parseHubUrl(text: string): Result<URL, Fault> {
  const parsed = secureAddress.safeParse(text);
  if (parsed.success && URL.canParse(parsed.data)) return ok(new URL(parsed.data));
  const message = parsed.error?.issues[0]?.message ?? 'is not an address';
  return refuse('settings.invalid', 'LANTERN_HUB_URL', message);
}
