import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number | string };
}
interface RawSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Attribute[];
  events?: unknown[];
}

export interface Span {
  trace: string;
  id: string;
  parent: string | undefined;
  name: string;
  /** OTLP: 2 server, 3 client, 5 consumer. */
  kind: number;
  service: string;
  attributes: Record<string, string>;
}

function textsOf(attributes: Attribute[]): Record<string, string> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, String(value.stringValue ?? value.intValue)]),
  );
}

/** Takes traces as a collector does (OTLP over HTTP, in JSON), and keeps them. */
export class Collector {
  /** Bodies as they came. */
  readonly bodies: string[] = [];
  /** What it answers. */
  status = 200;
  readonly #server: Server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      if (this.status === 200 && req.url === '/v1/traces') this.bodies.push(body);
      res.writeHead(this.status, { 'Content-Type': 'application/json' }).end('{}');
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get spans(): Span[] {
    return this.bodies.flatMap((body) =>
      (
        JSON.parse(body) as {
          resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: RawSpan[] }[] }[];
        }
      ).resourceSpans.flatMap(({ resource, scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) =>
          spans.map((span) => ({
            trace: span.traceId,
            id: span.spanId,
            parent: span.parentSpanId || undefined,
            name: span.name,
            kind: span.kind,
            service: textsOf(resource.attributes)['service.name'] ?? '',
            attributes: textsOf(span.attributes),
          })),
        ),
      ),
    );
  }
}
