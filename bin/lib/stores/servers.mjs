/** Servers for tests that stop, kill and restart their own. Give each a folder below `process.env.TEST_DATA_DIR`. */
export { startPostgres } from './postgres.mjs';
export { startRedis } from './redis.mjs';
