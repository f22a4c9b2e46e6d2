import { execFileSync, spawnSync } from 'node:child_process';
import { lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { dataDir, root } from '../paths.mjs';
import { Stop } from '../say.mjs';

/** @typedef {{ name: string, uid: number, gid: number }} Account */

export function isRoot() {
  return process.getuid?.() === 0;
}

/** The name of our own account where a machine has none for Postgres. */
const ownName = 'chatlink';

/** Accounts by the system's own book (`getent` knows network accounts as well; macOS has only `id`). */
function lookUp(nameOrId) {
  const found = spawnSync('getent', ['passwd', String(nameOrId)], { encoding: 'utf8' });
  const line =
    found.stdout ||
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[typeof nameOrId === 'number' ? 2 : 0] === String(nameOrId));
  if (!line) return undefined;
  const [name, , uid, gid] = line.trim().split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}

function createAccount() {
  const ways = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ownName],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', ownName],
  ];
  for (const [command, ...args] of ways) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return lookUp(ownName);
  }
  return undefined;
}

/** As root: whose a folder is, when it is not root's own. */
function ownerWhenNotRoot(folder) {
  const uid = statSync(folder, { throwIfNoEntry: false })?.uid;
  return isRoot() && uid ? lookUp(uid) : undefined;
}

/** The person in whose checkout root works. */
export function checkoutOwner() {
  return ownerWhenNotRoot(root);
}

/** The person whose data root works on: whoever ran ChatLink here before, else the owner of the checkout. */
export function dataOwner() {
  return ownerWhenNotRoot(dataDir) ?? checkoutOwner();
}

let chosen;

/**
 * Postgres refuses to run as root. Root lends it the person whose checkout or data it is, so that they can go on without
 * root later; in root's own checkout the machine's `postgres` account, one of ours, or `nobody`. Undefined: not root.
 * @returns {Account | undefined}
 */
export function serverAccount() {
  if (!isRoot()) return undefined;
  chosen ??= dataOwner() ?? lookUp('postgres') ?? lookUp(ownName) ?? createAccount() ?? lookUp('nobody');
  if (!chosen) {
    throw new Stop(
      'Postgres does not run as root, and no other account could be found or made. Run this as an ordinary user, or set DATABASE_URL.',
    );
  }
  return chosen;
}

/** Whether an account can work in a folder, asked by trying as that account: modes and ACLs alike. */
export function canUse(account, dir, rights = ['w', 'x']) {
  const test = rights.map((right) => `test -${right} "$1"`).join(' && ');
  const result = spawnSync('/bin/sh', ['-c', test, 'sh', dir], {
    cwd: '/',
    stdio: 'ignore',
    uid: account.uid,
    gid: account.gid,
  });
  return result.status === 0;
}

/** Gives a tree to an account. Links are given, never followed. */
export function give(tree, { uid, gid }) {
  const stat = lstatSync(tree, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) for (const name of readdirSync(tree)) give(path.join(tree, name), { uid, gid });
  if (stat.uid !== uid || stat.gid !== gid) lchownSync(tree, uid, gid);
}

/** Who owns a path, as a name where there is one. */
export function ownerOf(file) {
  const { uid } = statSync(file);
  return lookUp(uid)?.name ?? `user ${uid}`;
}

/** Password-less root, for installing a package: the prefix of the command, or undefined. */
export function rootPrefix() {
  if (isRoot()) return [];
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return ['sudo', '-n'];
  } catch {
    return undefined;
  }
}
