/** Stands for llm-api: serves `/metrics` on PORT, with the names that it records, as if it had ten requests a second. */
import { createServer } from 'node:http';

const started = Date.now();

/** A histogram of requests, all of which took 0.2 s. */
const histogram = (name: string, labels: string, count: number): string[] => [
  `# TYPE ${name} histogram`,
  ...['0.1', '0.5', '1', '5', '+Inf'].map((le) => `${name}_bucket{${labels},le="${le}"} ${le === '0.1' ? 0 : count}`),
  `${name}_sum{${labels}} ${count * 0.2}`,
  `${name}_count{${labels}} ${count}`,
];
const counter = (name: string, labels: string, count: number): string[] => [
  `# TYPE ${name} counter`,
  `${name}{${labels}} ${count}`,
];

function metrics(): string {
  const count = Math.floor((Date.now() - started) / 100);
  const failed = Math.floor(count / 200);
  const request = 'method="POST",endpoint="/v1/chat/completions",status="200"';
  const model = 'model="jan-v1-4b",provider="vllm"';
  return [
    ...counter('jan_llm_api_requests_total', `${request},model="unknown",stream="false"`, count),
    `jan_llm_api_requests_total{method="POST",endpoint="/v1/models",status="500",model="unknown",stream="false"} ${failed}`,
    ...histogram('jan_llm_api_request_duration_seconds', request, count),
    ...histogram('jan_llm_api_llm_duration_seconds', `${model},stream="false"`, count),
    ...counter('jan_llm_api_tokens_prompt_total', model, 21 * count),
    ...counter('jan_llm_api_tokens_completion_total', model, 34 * count),
    // realtime-api has these generic names, which the first dashboards asked for.
    ...counter('http_requests_total', 'method="POST",path="/v1",status="200"', count),
    `http_requests_total{method="POST",path="/v1",status="500"} ${failed}`,
    ...histogram('http_request_duration_seconds', 'method="POST",path="/v1",status="200"', count),
    '',
  ].join('\n');
}

createServer((_request, response) => {
  response.setHeader('Content-Type', 'text/plain; version=0.0.4');
  response.end(metrics());
}).listen(Number(process.env.PORT));
process.once('SIGTERM', () => process.exit(0));
