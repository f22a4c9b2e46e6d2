import { expect, test } from '@jest/globals';
import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { withoutSecrets } from '../../../../src/platform/watching/span-words.ts';

function span(kind: SpanKind, attributes: Attributes, more: object = {}): ReadableSpan {
  return {
    name: 'GET /password/link/c2VjcmV0',
    kind,
    attributes,
    status: { code: SpanStatusCode.ERROR, message: 'Key (email)=(ann@example.com) already exists' },
    events: [{ name: 'exception', attributes: { 'exception.message': 'no room for ann@example.com' } }],
    links: [{}],
    spanContext: () => ({ traceId: 'a', spanId: 'b', traceFlags: 1 }),
    ...more,
  } as unknown as ReadableSpan;
}

test('a request tells method, route, status and its id', () => {
  const told = withoutSecrets(
    span(SpanKind.SERVER, {
      'http.request.method': 'GET',
      'http.route': '/password/link/:token',
      'http.response.status_code': 500,
      'chatlink.request': 'cd5a6218',
      'url.path': '/password/link/c2VjcmV0',
      'url.query': 'email=ann@example.com',
      'url.full': 'https://chatlink.example/password/link/c2VjcmV0',
      'http.request.header.cookie': ['sid=secret'],
      'user_agent.original': 'a browser',
      'client.address': '203.0.113.7',
      'network.peer.address': '203.0.113.7',
      'server.address': 'chosen-by-a-client.example',
    }),
  );
  expect(told.name).toBe('GET /password/link/:token');
  expect(told.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/password/link/:token',
    'http.response.status_code': 500,
    'chatlink.request': 'cd5a6218',
  });
  expect([told.status, told.events, told.links]).toEqual([{ code: SpanStatusCode.ERROR }, [], []]);
  expect(told.spanContext().traceId).toBe('a');
});

test('a statement tells its SQL and none of its values', () => {
  const told = withoutSecrets(
    span(SpanKind.CLIENT, {
      'db.system.name': 'postgresql',
      'db.query.text': '\n  UPDATE "User" SET "email" = $1',
      'db.postgresql.values': ['ann@example.com'],
    }),
  );
  expect(told.name).toBe('postgresql UPDATE');
  expect(told.attributes).toEqual({
    'db.system.name': 'postgresql',
    'db.operation.name': 'UPDATE',
    'db.query.text': '\n  UPDATE "User" SET "email" = $1',
  });
});

test('a connection is called one', () => {
  expect(withoutSecrets(span(SpanKind.CLIENT, { 'db.system.name': 'postgresql' })).name).toBe(
    'postgresql connect',
  );
});

test('a command of Redis tells its name only', () => {
  const told = withoutSecrets(
    span(SpanKind.CLIENT, {
      'db.system.name': 'redis',
      'db.operation.name': 'get',
      'db.query.text': 'get sess:c2VjcmV0',
    }),
  );
  expect([told.name, told.attributes['db.query.text']]).toEqual(['redis get', undefined]);
});

test('a request of ours to others tells whom, and not what', () => {
  const told = withoutSecrets(
    span(SpanKind.CLIENT, {
      'http.request.method': 'PUT',
      'server.address': 's3.example.com',
      'url.full': 'https://s3.example.com/bucket/key?signature=secret',
    }),
  );
  expect(told.name).toBe('PUT');
  expect(told.attributes).toEqual({ 'http.request.method': 'PUT', 'server.address': 's3.example.com' });
});
