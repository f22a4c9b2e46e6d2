import type { RequestHandler } from 'express';
import { seconds } from '../../kernel/clock.ts';

const LINGER = seconds(2);

/** Discards the rest of a body for a moment, so that its sender can read the answer; then closes the connection. */
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
