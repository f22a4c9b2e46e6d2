import type { IncomingMessage, RequestListener } from 'node:http';

function numberOfFields({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.length / 2; // names and values take turns
}

/** Answers 431 beyond `most`. Node obeys further fields without showing them: a body's length, a second host. */
export function atMostHeaderFields(most: number, app: RequestListener): RequestListener {
  return (req, res) =>
    numberOfFields(req) > most ? res.writeHead(431, { Connection: 'close' }).end() : app(req, res);
}
