import type { Shell } from 'electron';
import { causeOf, type Log } from '../../ports/log.ts';

/**
 * Hands a sign-in page to the system's browser: the one kind of address that ever leaves this program, and only of the
 * issuer that the policy names, over HTTPS or on this computer. False: it was not opened.
 */
export function openSignInPage(
  shell: Pick<Shell, 'openExternal'>,
  issuer: string | undefined,
  log: Log,
): (address: string) => Promise<boolean> {
  return async (address) => {
    if (issuer === undefined || !URL.canParse(address) || !URL.canParse(issuer)) return false;
    const [page, allowed] = [new URL(address), new URL(issuer)];
    const isWeb = page.protocol === 'https:' || (page.protocol === 'http:' && page.hostname === '127.0.0.1');
    if (!isWeb || page.origin !== allowed.origin || page.username !== '' || page.password !== '') {
      log.warn({ code: 'signIn.notOpened', message: 'an address that is not the issuer’s was not opened' });
      return false;
    }
    try {
      await shell.openExternal(page.href);
      return true;
    } catch (error) {
      log.warn({ code: 'signIn.noBrowser', message: 'the system opened no browser', cause: causeOf(error) });
      return false;
    }
  };
}
