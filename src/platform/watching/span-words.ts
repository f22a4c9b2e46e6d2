import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** Not paths or queries (names, tokens), clients, Host, or Redis's arguments; SQL's values are never recorded. */
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

/** Libraries' own names may hold anything. */
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

/** Postgres's instrumentation has it in the span's name only; without SQL it is a new connection. */
function operationOf(sql: Attributes[string]): string {
  return typeof sql === 'string' ? (/[A-Z]+/.exec(sql.toUpperCase())?.[0] ?? 'QUERY') : 'connect';
}

/** Without events, links and errors' messages. */
export function withoutSecrets(span: ReadableSpan): ReadableSpan {
  const attributes: Attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([key]) => mayTell(key, span, span.attributes)),
  );
  if (attributes['db.system.name'] === 'postgresql')
    attributes['db.operation.name'] = operationOf(attributes['db.query.text']);
  // An error's message may quote what somebody typed.
  return Object.create(span, {
    name: { value: nameOf(attributes), enumerable: true },
    attributes: { value: attributes, enumerable: true },
    status: { value: { code: span.status.code }, enumerable: true },
    events: { value: [], enumerable: true },
    links: { value: [], enumerable: true },
  }) as ReadableSpan;
}
