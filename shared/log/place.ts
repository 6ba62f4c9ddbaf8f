import { z } from 'zod';

/** Folders of the program below its top ones: another folder of the same name has others in it. */
const BELOW =
  'assets|auth|backup|boxes|bridge|call|commands|components|content|db|diagnose|directory|events|exports|gates|geography|hosts|identity|intake|keys|launch|leases|log|main|managed|packaging|people|policy|ports|referral|referrals|renderer|routes|screens|services|store|styles|sync|training|updates';
const OWN = `(?:main|hub|shared|renderer|out)/(?:(?:${BELOW})/(?:[\\w-]{1,40}/){0,4})?[\\w.-]{1,60}`;
const NODE = 'node:[a-z_/]{1,60}';
/** A place in the program: a file below its own folder, or a module of Node's, with line and column. */
const PLACE = new RegExp(`^(?:${NODE}|${OWN}):\\d{1,6}:\\d{1,6}$`);
const AT_END = new RegExp(`(?:^|[\\s(/])((?:${NODE}|${OWN}):\\d{1,6}:\\d{1,6})\\)?$`);

export const place = z.string().regex(PLACE);

const MOST = 6;

/**
 * Where an error came from, out of its stack: our own files and Node's, without the folder they are in (a person's name may
 * be in it), without functions' names, and never the first line, which is the message.
 */
export function placesOf(stack: string | undefined): string[] {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !/node_modules|\.\./.test(line))
    .flatMap((line) => AT_END.exec(line.replaceAll('\\', '/'))?.[1] ?? [])
    .slice(0, MOST);
}
