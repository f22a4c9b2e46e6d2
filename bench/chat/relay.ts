import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** What Socket.IO can do at all on this machine: it passes messages on, stores nothing and asks nobody. */
const server = createServer((_req, res) => res.end('here'));
const io = new Server(server, {
  path: '/live',
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
});
io.on('connection', (socket) => {
  // Their cookie is their name here.
  void socket.join(String(socket.handshake.headers.cookie));
  let seq = 0;
  socket.on(
    'chat.send',
    (sent: { with: string; text: string; clientId: string }, acknowledge: (answer: object) => void) => {
      const at = new Date().toISOString();
      const told = { ...sent, seq: ++seq, at, change: seq, author: socket.handshake.headers.cookie };
      io.to(sent.with).emit('chat.message', { ...told, mine: false });
      socket.emit('chat.message', { ...told, mine: true });
      acknowledge({ ok: true, seq, at, clientId: sent.clientId, change: seq });
    },
  );
});
server.listen(Number(process.env.PORT), '127.0.0.1');
