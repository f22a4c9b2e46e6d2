export { visibleTo } from './visible.sql.ts';
