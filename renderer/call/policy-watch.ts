import { type PolicyReport, policyAlarm } from '../../shared/policy/report.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Notices } from './notices.ts';
import { type SettingsKeeper } from './settings-keeper.ts';

/** The policy in force, for the settings screen; undefined until the main process has told. */
export interface PolicyWatch {
  report(): PolicyReport | undefined;
}

/** Says aloud what is wrong with the policy, and takes up settings that the organisation changes while the desk runs. */
export function watchPolicy(
  bridge: Bridge,
  settings: () => SettingsKeeper | undefined,
  notices: Notices,
  changed: () => void,
): PolicyWatch {
  let last: PolicyReport | undefined;
  const heard = (report: PolicyReport): void => {
    last = report;
    notices.hold('policy', policyAlarm(report));
    notices.hold('policyNewer', report.notices.length === 0 ? undefined : report.notices.join(' '));
    changed();
  };
  bridge.onOpen(() => {
    void bridge.call('policy.describe', {}).then((answer) => {
      if (answer.ok) heard(answer.value);
    });
  });
  bridge.on('policy.changed', (report) => {
    heard(report);
    void bridge.call('settings.get', {}).then((answer) => {
      if (answer.ok) settings()?.refresh(answer.value);
    });
  });
  return { report: () => last };
}
