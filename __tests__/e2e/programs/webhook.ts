/** Is told of alerts on PORT, as a receiver of Alertmanager, and tells what it was told: a POST adds, a GET lists. By path. */
import { createServer } from 'node:http';

const told = new Map<string, unknown[]>();

createServer((request, response) => {
  const path = request.url ?? '/';
  const known = told.get(path) ?? [];
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(known));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    told.set(path, [...known, JSON.parse(Buffer.concat(chunks).toString())]);
    response.end();
  });
}).listen(Number(process.env.PORT));
process.once('SIGTERM', () => process.exit(0));
