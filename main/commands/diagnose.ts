import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnosis, diagnosis } from '../../shared/diagnose/facts.ts';
import { findingsOf, statusOf } from '../../shared/diagnose/findings.ts';
import { readableLines } from '../../shared/diagnose/readable.ts';
import { type Environment, parseEnvironment, problemLine } from '../environment.ts';
import { quietLog } from '../services/console-log.ts';
import { diagnose } from '../services/diagnose/diagnose.ts';
import { configuredAuthorities } from '../services/network/authorities.ts';
import { nodeDisk } from '../services/node-disk.ts';
import { systemClock } from '../services/node-system.ts';
import { openDeskPolicy } from '../services/policy/desk-policy.ts';
import { configuredPassphrase } from '../services/vault/configured.ts';
import { passphraseKeyStore } from '../services/vault/passphrase-key-store.ts';
import { type CommandContext, tell } from './context.ts';

export interface DiagnoseArguments {
  readonly json: boolean;
  readonly out: string | undefined;
  readonly profile: string | undefined;
}

/**
 * `lantern diagnose`: the state of this PC's desk, for IT, with nothing of any person in it. Exit 0: nothing is wrong; 1:
 * something is; 2: called wrongly, or the settings of the environment are junk.
 */
export async function diagnoseCommand(
  context: CommandContext,
  { json, out, profile }: DiagnoseArguments,
): Promise<number> {
  const environment = parseEnvironment(context.environment);
  if (!environment.ok) {
    context.complain(problemLine(environment.error));
    return 2;
  }
  const facts = await factsOf(context, environment.value, profile);
  const findings = findingsOf(facts);
  // Parsed against the closed list once more: what is not on it is not said.
  const lines = json
    ? [JSON.stringify({ ...diagnosis.parse(facts), findings }, undefined, 2)]
    : readableLines(diagnosis.parse(facts), findings);
  return tell(context, lines, out, statusOf(findings));
}

async function factsOf(
  context: CommandContext,
  environment: Environment,
  profile: string | undefined,
): Promise<Diagnosis> {
  const policy = (await openDeskPolicy(environment, quietLog)).current();
  const { values } = policy;
  const secret = await configuredPassphrase(values.passphraseFile, nodeDisk);
  const { certificates } = await configuredAuthorities(values.caFile, nodeDisk, quietLog);
  const { fetch, proxyFor } = await context.openNetwork(values);
  const host = context.host ?? hostOf(environment);
  return diagnose({
    folder: profile ?? join(environment.data, host, environment.profile),
    host,
    lantern: await context.version(),
    policy,
    passphrase: secret.ok && secret.value !== undefined ? passphraseKeyStore(secret.value) : undefined,
    fetch,
    proxy: await proxyFor(new URL(values.hubUrl)),
    authorities: certificates,
    disk: nodeDisk,
    clock: systemClock,
  });
}

/** In a checkout either host may have run: the one that is asked for, else the one that has a profile. */
function hostOf({ host, data, profile }: Environment): 'electron' | 'browser' {
  if (host !== undefined) return host;
  const hasOne = (name: string): boolean => existsSync(join(data, name, profile));
  return !hasOne('browser') && hasOne('electron') ? 'electron' : 'browser';
}
