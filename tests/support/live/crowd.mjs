import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** Many sockets at once, in a thread whose memory is not the site's. Says how long it took until all were open. */
const { port, host, origin, path, cookies } = workerData;
const connecting = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]); // "40", masked by nothing
const since = performance.now();
let open = 0;
for (const [n, cookie] of cookies.entries()) {
  const stream = connect(port, '127.0.0.1');
  let heard = '';
  stream.on('error', () => {});
  stream.on('data', (part) => {
    const before = heard;
    heard += part.toString('latin1');
    if (!before.includes('\r\n\r\n') && heard.includes('\r\n\r\n')) stream.write(connecting);
    if (!before.includes('40{"sid"') && heard.includes('40{"sid"') && ++open === cookies.length)
      parentPort.postMessage(performance.now() - since);
  });
  const fields = {
    Host: host,
    Origin: origin,
    Cookie: cookie,
    'X-Forwarded-For': `10.9.${n >> 8}.${n & 255}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'MTIzNDU2Nzg5MDEyMzQ1Ng==',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
}
