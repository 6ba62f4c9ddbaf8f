import { lockProfile } from '../../../main/services/profile-lock.ts';

/** A program to be killed: takes the lock, says so, and stays. */
const lock = await lockProfile(process.argv[2] ?? '');
process.stdout.write(lock.ok ? 'locked\n' : 'refused\n');
setInterval(() => undefined, 1_000);
