/** A webhook receiver for Alertmanager on PORT: a POST adds a notification, a GET lists those of the same path. */
import { createServer } from 'node:http';

const received = new Map<string, unknown[]>();

createServer((request, response) => {
  const path = request.url ?? '/';
  const known = received.get(path) ?? [];
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(known));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.set(path, [...known, JSON.parse(Buffer.concat(chunks).toString())]);
    response.end();
  });
}).listen(Number(process.env.PORT));
process.once('SIGTERM', () => process.exit(0));
