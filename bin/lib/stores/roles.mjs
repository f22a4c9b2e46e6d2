import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Stop } from '../say.mjs';
import { databaseOf, quoted } from './database.mjs';

/**
 * The role that an address signs in as.
 * @param {string} url
 */
export function roleOf(url) {
  const { username, searchParams } = new URL(url);
  return decodeURIComponent(username) || (searchParams.get('user') ?? '');
}

/** The same database, for another role. */
export function withRole(url, name, password) {
  const other = new URL(url);
  other.username = name;
  other.password = password;
  return other.href;
}

/** What Postgres keeps of a password (RFC 5803), made here: a password in a statement may end in the server's log. */
function verifier(password) {
  const [salt, rounds] = [randomBytes(16), 4096];
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, rounds, 32, 'sha256');
  const keyed = (name) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}

function withPassword(url) {
  const password = decodeURIComponent(new URL(url).password);
  return password === '' ? 'LOGIN' : `LOGIN PASSWORD '${verifier(password)}'`;
}

const already = ['42710', '23505']; // Somebody made it in this moment.

async function create(client, url) {
  const name = roleOf(url);
  try {
    await client.query(`CREATE ROLE ${quoted(name)} ${withPassword(url)}`);
  } catch (error) {
    if (already.includes(error.code)) return;
    throw new Stop(
      `The role ${name} (DATABASE_URL) does not exist, and the owner of the tables may not make it: ${error.message}.
Somebody who may: CREATE ROLE ${quoted(name)} LOGIN PASSWORD '…'`,
    );
  }
}

/** Makes the role of an address where it is missing. One that is there stays as it is. */
export async function ensureRole(client, url) {
  if (roleOf(url) === '')
    throw new Stop('DATABASE_URL names no role, and MIGRATE_DATABASE_URL is set beside it.');
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [roleOf(url)]);
  if (rowCount === 0) await create(client, url);
}

/** The same on a server of our own, where the password is ours to set. */
export async function resetRole(client, url) {
  await ensureRole(client, url);
  await client.query(`ALTER ROLE ${quoted(roleOf(url))} ${withPassword(url)}`);
}

const work = 'SELECT, INSERT, UPDATE, DELETE';

/** What the owner makes from now on, the role may use in the same moment: no new process meets a table without. */
export async function grantLater(client, role) {
  await client.query(`
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${work} ON TABLES TO ${quoted(role)};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${quoted(role)}`);
}

/**
 * Lets the role work with the tables of the owner, and make none: Postgres lets everybody make temporary ones, and before
 * version 15 any. Which migrations there are, it reads only, and to the desk's audit it only adds.
 */
export async function grantNow(client, role, url) {
  const { rows } = await client.query(`
    SELECT format('%I.%I', 'public', relname) AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND pg_has_role(relowner, 'USAGE')`);
  const tables = rows.map(({ name }) => name).join(', ');
  const [to, database] = [quoted(role), quoted(databaseOf(url))];
  await client.query(`
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${database} TO ${to};
    GRANT USAGE ON SCHEMA public TO ${to};
    GRANT ${work} ON ${tables} TO ${to};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${to};
    REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${to};
    REVOKE UPDATE, DELETE ON "DeskAudit" FROM ${to};
    GRANT EXECUTE ON FUNCTION "prune_desk_audit"(int) TO ${to}`);
}
