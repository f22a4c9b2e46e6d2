import type { RequestListener } from 'node:http';

export interface MetricsSource {
  contentType: string;
  text(): Promise<string>;
}

export function metricsListener(source: MetricsSource): RequestListener {
  return (req, res) => {
    if (req.url !== '/metrics' || req.method !== 'GET') return void res.writeHead(404).end();
    source.text().then(
      (text) => res.writeHead(200, { 'Content-Type': source.contentType }).end(text),
      () => res.writeHead(503, { 'Retry-After': '5' }).end(),
    );
  };
}
