import type { RequestListener } from 'node:http';

/** 431 beyond `most`. Node obeys further fields, then drops them: nobody would see a body's length or a second host. */
export function atMostFields(most: number, app: RequestListener): RequestListener {
  return (req, res) =>
    req.rawHeaders.length > most * 2 ? res.writeHead(431, { Connection: 'close' }).end() : app(req, res);
}
