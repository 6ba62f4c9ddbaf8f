import { createDirectoryKeeper } from '../../main/services/directory/keeper.ts';
import { type DirectoryAtHub } from '../../main/ports/hub-link.ts';
import { createPlaces } from '../../main/services/places.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { err } from '../../shared/result.ts';

const away: Fault = { code: 'hub.away', field: '(whole)', message: 'the hub does not answer' };
const answer = () => Promise.resolve(err(away));

/** A hub that does not answer questions about the directory: for tests about calls. */
export const noDirectoryAtHub: DirectoryAtHub = { since: answer, flags: answer, report: answer };

type Options = Omit<Parameters<typeof createDirectoryKeeper>[0], 'hub'>;

/** The desk's real directory and places on a test's disk, with nothing in them and no hub to ask. */
export const directoryWithoutHub = (options: Options) => ({
  directory: createDirectoryKeeper({ ...options, hub: noDirectoryAtHub }),
  places: createPlaces(options),
});
