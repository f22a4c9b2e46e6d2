import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../paths.mjs';
import { tool, toolEnvironment } from '../processes/tool.mjs';
import { Stop } from '../say.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Entry */
/** @typedef {{ os: string, cpu: string, libc: string | undefined }} Machine */

/** One of npm's lists: names that fit, or names with `!` that do not. */
function fits(list, name) {
  return (
    !list ||
    list.includes('any') ||
    ((list.includes(name) || list.every((item) => item.startsWith('!'))) && !list.includes(`!${name}`))
  );
}

/** @param {Entry} entry @param {Machine} machine */
function isForMachine(entry, machine) {
  return (
    fits(entry.os, machine.os) &&
    fits(entry.cpu, machine.cpu) &&
    (!machine.libc || fits(entry.libc, machine.libc))
  );
}

/**
 * What is not installed as the lock file says, as paths below the checkout. By versions, not by times: git sets times
 * as it likes. Optional packages may be missing when they are for other machines, or name none (then they belong to one).
 * @param {Record<string, Entry>} wanted `packages` of package-lock.json
 * @param {Record<string, Entry>} installed `packages` of node_modules/.package-lock.json
 * @param {Machine} machine
 */
export function differences(wanted, installed, machine) {
  return Object.entries(wanted)
    .filter(([place, entry]) => {
      if (place === '' || entry.link) return false;
      const have = installed[place];
      if (have) return have.version !== entry.version || (have.integrity ?? '') !== (entry.integrity ?? '');
      return !entry.optional || Boolean((entry.os || entry.cpu) && isForMachine(entry, machine));
    })
    .map(([place]) => place);
}

/** @returns {Machine} */
export function thisMachine() {
  const machine = { os: process.platform, cpu: process.arch, libc: undefined };
  if (machine.os === 'linux') {
    process.report.excludeNetwork = true; // The report would look up every open connection's name.
    machine.libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  }
  return machine;
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/** Whether `npm ci` has anything to do. */
export function isInstalled() {
  const wanted = packagesOf(at('package-lock.json'));
  if (!wanted)
    throw new Stop('package-lock.json is missing or is no JSON. Restore it: git checkout package-lock.json');
  const installed = packagesOf(at('node_modules/.package-lock.json'));
  if (!installed || differences(wanted, installed, thisMachine()).length > 0) return false;
  return Object.keys(installed).every((place) => existsSync(at(place, 'package.json')));
}

/** The npm that runs us, else the one beside this Node, else the one of the PATH. */
function npm() {
  const given = process.env.npm_execpath ?? '';
  const beside = path.resolve(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js');
  for (const script of [given, beside]) {
    if (path.basename(script) === 'npm-cli.js' && existsSync(script)) return [process.execPath, script];
  }
  return ['npm'];
}

/** Settings a person may have for other work, which would leave out or misplace what this checkout needs. */
const unwanted =
  /^npm_config_(omit|include|only|also|production|dev|optional|global|location|dry_run|package_lock|package_lock_only|workspaces?|include_workspace_root|install_strategy|install_links|legacy_bundling|global_style|prefix|local_prefix|os|cpu|libc|json|before|min_release_age|ignore_scripts|node_options|engine_strict|audit|fund|loglevel|offline_mirror)$/i;

/** Said outright, because a person's own settings file may say otherwise. */
const flags = [
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--no-audit',
  '--no-fund',
  '--global=false',
  '--dry-run=false',
  '--package-lock=true',
  '--package-lock-only=false',
  '--legacy-peer-deps=false',
];

/**
 * Installs exactly the lock file. No install scripts: nothing here needs one, and a download inside one could fail
 * where the packages themselves arrive.
 * @param {AbortSignal} [signal]
 */
export async function install(signal) {
  const env = Object.fromEntries(Object.entries(toolEnvironment()).filter(([key]) => !unwanted.test(key)));
  const [command, ...args] = [...npm(), 'ci', ...flags];
  await tool(command, args, { env, signal, what: 'npm ci could not install the dependencies' });
}
