/** Why a ring's keys could not be opened. */
export type WhyLost = 'keyStore' | 'wrongPassphrase' | 'noPassphrase' | 'damaged';

const HAPPENED: Readonly<Record<WhyLost, string>> = {
  keyStore: 'the key store of this computer no longer opens it',
  wrongPassphrase: 'the passphrase is not the one it was kept under',
  noPassphrase: 'it was kept under a passphrase, and none was given',
  damaged: 'the file with the keys is damaged',
};

const REMEDY: Readonly<Record<WhyLost, string>> = {
  keyStore: 'Tell IT: it opens again if the key store is put back',
  wrongPassphrase: 'Tell IT: start Lantern again with the right passphrase and it opens',
  noPassphrase: 'Tell IT: start Lantern again with the passphrase and it opens',
  damaged: 'Tell IT: it opens again if keys.json is put back from a copy',
};

/** What happened, what is safe, what to do: for the person at the desk, who has calls to take. */
export function lostNotice(why: WhyLost, canRecover: boolean): string {
  const recovery = canRecover
    ? '. Its key is also kept for the holder of the organisation’s recovery key.'
    : '. No recovery key had been set for this PC, so there is no other way.';
  return (
    `What was kept on this PC before cannot be read now: ${HAPPENED[why]}. Nothing was deleted. ` +
    'Everything that had a receipt is safe at the hub; what had none is still here, locked. ' +
    `New calls are kept under a new key, and work as always. ${REMEDY[why]}${recovery}`
  );
}
