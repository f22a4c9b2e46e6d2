import { readConfig } from './config/config.ts';
import { openHouse } from './house.ts';
import { routesOfApp } from './web/routes.ts';

/** No store is asked, so nothing listens there. */
const stores = { DATABASE_URL: 'postgresql://127.0.0.1:1/none', REDIS_URL: 'redis://127.0.0.1:1' };
const { app } = await openHouse(readConfig({ ...stores, LOG_LEVEL: 'silent' }));
const rows = routesOfApp(app).map(({ method, path, access, feature }) => [method, path, access, feature]);
const columns = [['METHOD', 'PATH', 'ACCESS', 'FEATURE'], ...rows.toSorted(byPath)];
const widths = columns[0]!.map((_, n) => Math.max(...columns.map((row) => row[n]!.length)));
for (const row of columns)
  console.log(
    row
      .map((cell, n) => cell.padEnd(widths[n]!))
      .join('  ')
      .trimEnd(),
  );
process.exit();

function byPath([method = '', path = '']: string[], [otherMethod = '', otherPath = '']: string[]): number {
  if (path === otherPath) return method < otherMethod ? -1 : 1;
  return path < otherPath ? -1 : 1;
}
