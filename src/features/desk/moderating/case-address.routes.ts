import type { Request } from 'express';
import { isUuid } from '../../../kernel/ids.ts';
import { nothingHere } from '../nothing-here.ts';

/** By the path: forms that are shown again have no parameters. */
export function idOf(req: Request): string {
  const id = req.path.split('/')[3];
  if (id === undefined || !isUuid(id)) throw nothingHere();
  return id;
}

/** Of the reports of a case, from 1. */
export function partOf({ query }: Request): number {
  return typeof query.part === 'string' && /^[1-9]\d{0,3}$/.test(query.part) ? Number(query.part) : 1;
}
