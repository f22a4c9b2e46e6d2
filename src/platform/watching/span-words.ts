import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/**
 * All that a span may tell. Not the path or query of a request (they hold names and tokens), its client, its Host (a client
 * chooses it), nor what Redis was told; SQL has its values apart, and those are never taken up.
 */
const allowed = new Set([
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'server.address',
  'server.port',
  'db.system.name',
  'db.operation.name',
  'db.namespace',
  'db.query.text',
  'error.type',
  'chatlink.request',
  'chatlink.queue',
]);

function mayTell(key: string, span: ReadableSpan, { 'db.system.name': system }: Attributes): boolean {
  if (span.kind === SpanKind.SERVER && key.startsWith('server.')) return false;
  if (system === 'redis' && key === 'db.query.text') return false;
  return allowed.has(key);
}

/** A name out of what may be told: those that libraries choose may hold anything. */
function nameOf(attributes: Attributes): string {
  const words = [
    'http.request.method',
    'http.route',
    'db.system.name',
    'db.operation.name',
    'chatlink.queue',
  ];
  const name = words.flatMap((word) => (attributes[word] === undefined ? [] : [String(attributes[word])]));
  return name.join(' ') || 'work';
}

/** `SELECT`, `INSERT`, …: Postgres' instrumentation has it in the span's name only. Without SQL it is a new connection. */
function operationOf(sql: Attributes[string]): string {
  return typeof sql === 'string' ? (/[A-Z]+/.exec(sql.toUpperCase())?.[0] ?? 'QUERY') : 'connect';
}

/** A span as it may leave: no event, link or message of an error, and only attributes whose words are ours. */
export function withoutSecrets(span: ReadableSpan): ReadableSpan {
  const attributes: Attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([key]) => mayTell(key, span, span.attributes)),
  );
  if (attributes['db.system.name'] === 'postgresql')
    attributes['db.operation.name'] = operationOf(attributes['db.query.text']);
  // What was thrown may quote what somebody typed; its kind does not.
  return Object.create(span, {
    name: { value: nameOf(attributes), enumerable: true },
    attributes: { value: attributes, enumerable: true },
    status: { value: { code: span.status.code }, enumerable: true },
    events: { value: [], enumerable: true },
    links: { value: [], enumerable: true },
  }) as ReadableSpan;
}
