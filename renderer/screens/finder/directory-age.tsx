import { type DirectoryState } from '../../../shared/bridge/directory.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { isOldDirectory } from '../derive/holdings.ts';
import { spanText } from '../wording/times.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Which directory this is, whether it is invented, and how old: always there, loud when it is old. */
export function DirectoryAge({
  state,
  now,
}: {
  readonly state: DirectoryState | undefined;
  readonly now: UtcMs;
}) {
  const held = state?.held;
  if (held === undefined) return null;
  const { checkedAt, source, version } = held;
  const isOld = isOldDirectory(checkedAt, now);
  const age =
    checkedAt === undefined
      ? 'never compared with the hub'
      : `compared with the hub ${ageText(now - checkedAt)}`;
  return (
    <p className={isOld ? 'needed' : 'small'}>
      {isOld ? 'Old directory. Ring before anybody sets out. ' : ''}
      {source.name}
      {source.demonstration ? ', for demonstration' : ''}, version {version}, {age}.
      {state?.waiting ? ` ${state.waiting} reports wait here for the hub.` : ''}
      {state?.trouble === undefined ? '' : ` ${state.trouble}`}
    </p>
  );
}

function ageText(ms: number): string {
  const days = Math.floor(ms / DAY);
  if (days >= 2) return `${days} days ago`;
  return ms < 60_000 ? 'just now' : `${spanText(ms)} ago`;
}
