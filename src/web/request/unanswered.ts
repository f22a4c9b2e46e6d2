import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/** RFC 9112: an absolute target is as good as its path. */
function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  const url = URL.canParse(target) ? new URL(target) : null;
  return url ? url.pathname + url.search : '*';
}

export function atMostUnanswered(most: number, app: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>();
  return (req, res) => {
    const { socket } = req;
    const open = (unanswered.get(socket) ?? 0) + 1;
    if (open > most) return void socket.destroy();
    unanswered.set(socket, open);
    res.once('close', () => unanswered.set(socket, unanswered.get(socket)! - 1));
    req.url = pathOf(req.url!);
    return app(req, res);
  };
}
