import Conf from 'conf';
import { type OpenSettingsStore } from '../../ports/settings-store.ts';

/** `conf` on `<folder>/config.json`: tab-indented JSON, written atomically, never cleared on a bad file. */
export const openConf: OpenSettingsStore = (folder) => {
  const conf = new Conf({
    cwd: folder,
    configName: 'config',
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
  return {
    read: () => conf.store,
    write: (values) => {
      conf.store = { ...values };
    },
  };
};
