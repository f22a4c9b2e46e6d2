/** Words in the names of packages built for one kind of machine, and what npm calls it. */
const systems = [
  'darwin',
  'linux',
  'win32',
  'android',
  'freebsd',
  'openharmony',
  'aix',
  'netbsd',
  'openbsd',
  'sunos',
];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el'];

/** @param {string} name */
function machineOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!os || !cpu)
    throw new Error(`${name} does not say which machine it is for: add it to the lock file by hand`);
  const musl = words.some((word) => word.startsWith('musl'));
  const libc = musl ? 'musl' : words.some((word) => /^(gnu|glibc)/.test(word)) ? 'glibc' : undefined;
  return { os, cpu, libc: os === 'linux' ? libc : undefined };
}

/** Where Node would find a package from another one's place, as the lock file spells places. */
function resolve(packages, from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const place = `${base ? `${base}/` : ''}node_modules/${name}`;
    if (packages[place]) return place;
    if (!base || !base.includes('/node_modules/')) break;
  }
  return packages[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
}

/**
 * Optional dependencies that the lock file names without describing, as [package, version, entry of who wants it].
 * @param {{ packages: Record<string, { dev?: boolean, optionalDependencies?: Record<string, string> }> }} lock
 */
export function missingOptional({ packages }) {
  return Object.entries(packages).flatMap(([place, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !resolve(packages, place, name))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  );
}

/** The lock file with those added: exact version, kind of machine, no checksum, since nobody here has seen them. */
export function completed(lock) {
  const packages = { ...lock.packages };
  const missing = missingOptional(lock);
  for (const { name, version, dev } of missing) {
    if (!/^\d+\.\d+\.\d+/.test(version))
      throw new Error(`${name} is wanted as ${version}: no exact version to lock`);
    const { os, cpu, libc } = machineOf(name);
    const flags = { ...(dev ? { dev } : {}), ...(libc ? { libc: [libc] } : {}) };
    packages[`node_modules/${name}`] = { version, cpu: [cpu], ...flags, optional: true, os: [os] };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added: missing.map(({ name }) => name) };
}
