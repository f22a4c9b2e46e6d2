export const USERNAME_MIN = 3;
export const USERNAME_MAX = 30;

/** `key` decides uniqueness; two usernames that differ in case only are the same. */
export interface Username {
  username: string;
  key: string;
}

export type UsernameFault = 'length' | 'characters' | 'start' | 'end' | 'dots' | 'reserved';

/** Names that would speak for the site, or collide with a path now or later. */
const reserved = new Set(
  (
    'about abuse account accounts admin administrator anonymous api app assets auth billing blog bot chat chatlink contact ' +
    'copyright deleted dev developer everyone faq feedback files forgot guest health help home host info invite legal ' +
    'language languages link login logout mail mailer-daemon me media member members message messages metrics mod moderator ' +
    'moments news nobody noreply no_reply null official owner password payment people photos police policy postmaster ' +
    'press privacy profile register reset root safety search secure security self service settings shop sign_in sign_up ' +
    'signin signup site staff status static store support sysadmin system team terms test trust undefined unknown user ' +
    'username users verification verified verify webmaster www you'
  ).split(' '),
);

/** Look-alikes people use to imitate a reserved name: "adm1n", "supp0rt", "chat_link", "chatIink". */
const lookAlikes: Record<string, string> = { 0: 'o', 1: 'i', l: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' };
const plain = (key: string): string => key.replace(/[._]/g, '').replace(/[01l3457]/g, (c) => lookAlikes[c]!);
const reservedPlain = new Set([...reserved].map(plain));

/**
 * Checks a username as typed (trimmed). An email or phone never passes: neither `@` nor a leading digit is allowed.
 */
export const parseUsername = (typed: string): Username | { fault: UsernameFault } => {
  const username = typed.trim();
  const key = username.toLowerCase();
  if (username.length < USERNAME_MIN || username.length > USERNAME_MAX) return { fault: 'length' };
  if (!/^[a-z0-9_.]+$/i.test(username)) return { fault: 'characters' };
  if (!/^[a-z]/i.test(username)) return { fault: 'start' };
  if (!/[a-z0-9]$/i.test(username)) return { fault: 'end' };
  if (username.includes('..')) return { fault: 'dots' };
  if (reserved.has(key) || reservedPlain.has(plain(key))) return { fault: 'reserved' };
  return { username, key };
};

/** The key that a username in an address stands for, reserved ones too; null when it can be nobody's. */
export const usernameKeyOf = (text: string): string | null =>
  /^[a-z][a-z0-9_.]{1,28}[a-z0-9]$/i.test(text) ? text.toLowerCase() : null;
