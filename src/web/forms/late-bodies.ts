import type { RequestHandler } from 'express';
import { seconds } from '../../kernel/clock.ts';

/** How long a connection stays open for a request that has been answered already, in milliseconds. */
const LINGER = seconds(2);

/**
 * For requests that were answered before all of them had come (too large, too many, not signed in): what is still on its
 * way is thrown away for a moment, so that the sender gets to read the answer; then the connection ends. Node alone
 * would go on taking it in for as long as a request may last.
 */
export const endLateBodies: RequestHandler = (req, res, next) => {
  const { 'content-length': length, 'transfer-encoding': coding } = req.headers;
  if (coding === undefined && (length === undefined || length === '0')) return next();
  res.once('finish', () => {
    if (req.complete) return;
    const timer = setTimeout(() => req.complete || req.socket.destroy(), LINGER);
    timer.unref();
    req.once('close', () => req.complete && clearTimeout(timer));
  });
  return next();
};
