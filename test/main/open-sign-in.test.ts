import type * as Electron from 'electron';
import { expect, test } from 'vitest';
import { openSignInPage } from '../../main/hosts/electron/open-sign-in.ts';
import { recordLog } from './support/logs.ts';

const ISSUER = 'https://sign-in.example/realms/nhs';

function setUp(issuer: string | undefined, fails = false) {
  const opened: string[] = [];
  // Typed by Electron's own definitions.
  const shell: Pick<Electron.Shell, 'openExternal'> = {
    openExternal(url) {
      opened.push(url);
      return fails ? Promise.reject(new Error('no browser')) : Promise.resolve();
    },
  };
  const log = recordLog();
  return { open: openSignInPage(shell, issuer, log), opened, log };
}

test('a sign-in page of the policy’s issuer is handed to the system’s browser', async () => {
  const { open, opened } = setUp(ISSUER);
  expect(await open('https://sign-in.example/auth?client_id=x')).toBe(true);
  expect(opened).toEqual(['https://sign-in.example/auth?client_id=x']);
});

test.each([
  'https://evil.example/auth',
  'https://sign-in.example.evil.example/',
  'https://sign-in.example:444/',
  'https://sign-in.example@evil.example/',
  'https://user:secret@sign-in.example/',
  'http://sign-in.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ms-msdt:/id',
  'smb://sign-in.example/x',
  'not an address',
])('%s is not', async (address) => {
  const { open, opened, log } = setUp(ISSUER);
  expect(await open(address)).toBe(false);
  expect(opened).toEqual([]);
  expect(JSON.stringify(log.entries)).not.toContain('evil');
});

test('nothing is opened where the policy names no issuer, and a system without a browser is said', async () => {
  const none = setUp(undefined);
  expect(await none.open('https://sign-in.example/')).toBe(false);
  expect(none.opened).toEqual([]);
  const broken = setUp(ISSUER, true);
  expect(await broken.open('https://sign-in.example/')).toBe(false);
  expect(broken.log.codes()).toEqual(['signIn.noBrowser']);
});
