import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SentText {
  to: string;
  from: string;
  body: string;
}

export interface TwilioStandIn {
  url: string;
  /** Every request that came, answered or not. */
  requests: { path: string; authorization: string; text: SentText }[];
  /**
   * What the next requests are answered, in turn; when the list is empty: 201. `never` leaves the request open; an error
   * is told by its code (twilio.com/docs/api/errors).
   */
  answers: (201 | 400 | 429 | 500 | 'never' | { status: number; code: number })[];
  close(): Promise<void>;
}

const errors = {
  400: { code: 21211, message: "The 'To' number is not a valid phone number.", status: 400 },
  429: { code: 20429, message: 'Too Many Requests', status: 429 },
  500: { code: 20500, message: 'Internal Server Error', status: 500 },
} as const;

/** An HTTP server that speaks Twilio's Messages endpoint as its reference documents it. */
export async function openTwilio(): Promise<TwilioStandIn> {
  const requests: TwilioStandIn['requests'] = [];
  const answers: TwilioStandIn['answers'] = [];
  const server: Server = createServer((req, res) => {
    let raw = '';
    req.on('data', (chunk) => (raw += chunk));
    req.on('end', () => {
      const form = new URLSearchParams(raw);
      const sender = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
      const text = { to: form.get('To') ?? '', from: sender, body: form.get('Body') ?? '' };
      requests.push({ path: req.url ?? '', authorization: req.headers.authorization ?? '', text });
      const answer = answers.shift() ?? 201;
      if (answer === 'never') return;
      const told = { sid: `SM${'0'.repeat(32)}`, status: 'queued', to: text.to };
      const error = typeof answer === 'object' ? { ...answer, message: 'refused by the test' } : null;
      const body = error ?? (answer === 201 ? told : errors[answer as keyof typeof errors]);
      const status = typeof answer === 'object' ? answer.status : answer;
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answers,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
