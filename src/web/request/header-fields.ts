import type { RequestListener } from 'node:http';

/**
 * Answers 431 for more than `most` header fields; the server has to hand on one more than that (`maxHeadersCount`), to be seen.
 * Node hands on so many fields and drops the rest, which its parser has obeyed by then: nobody else would know of a body
 * whose length stands behind them, or of a second host.
 */
export function atMostFields(most: number, app: RequestListener): RequestListener {
  return (req, res) =>
    req.rawHeaders.length > most * 2 ? res.writeHead(431, { Connection: 'close' }).end() : app(req, res);
}
