import { IncomingMessage } from 'node:http';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Log } from './log.ts';
import { requestId } from './request-id.ts';
import { withoutSecrets } from './span-words.ts';
import type { Traces } from './traces.ts';

export interface TracesOptions {
  endpoint: string; // OTLP over HTTP, without "/v1/traces"
  service: string;
  log: Log;
  about: (request: IncomingMessage) => { route: string; id: string };
}

/** Warns once per outage. */
function careful(exporter: SpanExporter, log: Log): SpanExporter {
  let away = false;
  return {
    export: (spans, done) =>
      exporter.export(spans.map(withoutSecrets), (result) => {
        const failed = result.code === ExportResultCode.FAILED;
        if (failed && !away) log.warn({ err: result.error }, 'traces cannot be sent');
        if (!failed && away) log.info('traces can be sent again');
        away = failed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function instruments(about: TracesOptions['about']) {
  return [
    new HttpInstrumentation({
      // Probes and static files would be most of it.
      ignoreIncomingRequestHook: ({ url }) => /^\/(health|assets|metrics)\b/.test(url ?? ''),
      requireParentforOutgoingSpans: true,
      applyCustomAttributesOnSpan: (span, request) => {
        if (!(request instanceof IncomingMessage)) return;
        const { route, id } = about(request);
        span.setAttributes({ 'http.route': route, 'chatlink.request': id });
      },
    }),
    new PgInstrumentation({ requireParentSpan: true }),
    // Keys hold ids.
    new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
  ];
}

const words = new W3CTraceContextPropagator(); // the format of `traceparent` (W3C Trace Context)
const textMap = {
  set: (carrier: { traceparent?: string }, key: string, value: string) => {
    if (key === 'traceparent') carrier.traceparent = value;
  },
  get: (carrier: { traceparent?: string }, key: string) =>
    key === 'traceparent' ? carrier.traceparent : undefined,
  keys: () => ['traceparent'],
};

/** Instruments modules in place, so no loader hook is needed. */
export function startTraces({ endpoint, service, log, about }: TracesOptions): Traces {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(careful(new OTLPTraceExporter({ url }), log))],
  });
  // No propagator: clients' trace ids aren't trusted, and ours go nowhere.
  provider.register({ propagator: null });
  registerInstrumentations({ tracerProvider: provider, instrumentations: instruments(about) });
  const require = createRequire(import.meta.url);
  for (const name of ['http', 'https', 'pg', 'ioredis']) require(name);
  syncBuiltinESMExports();

  const tracer = provider.getTracer('chatlink');
  return {
    carry: () => {
      const carrier: { traceparent?: string } = {};
      words.inject(context.active(), carrier, textMap);
      return carrier.traceparent;
    },
    job: (queue, traceparent, work) => {
      const parent = traceparent ? words.extract(ROOT_CONTEXT, { traceparent }, textMap) : ROOT_CONTEXT;
      const request = requestId();
      const attributes = { 'chatlink.queue': queue, ...(request && { 'chatlink.request': request }) };
      return tracer.startActiveSpan(queue, { kind: SpanKind.CONSUMER, attributes }, parent, async (span) => {
        try {
          return await work();
        } catch (err) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw err;
        } finally {
          span.end();
        }
      });
    },
    close: () => provider.shutdown().catch(() => {}),
  };
}
