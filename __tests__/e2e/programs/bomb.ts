/** Serves `/metrics` on PORT with SERIES series, all of them new in each scrape: labels with an id of each request. */
import { createServer } from 'node:http';

const { PORT = '8080', SERIES = '100000' } = process.env;
let scrape = 0;

createServer((_, response) => {
  scrape++;
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  for (let index = 0; index < Number(SERIES); index++) response.write(`e2e_bomb{request="${scrape}-${index}"} 1\n`);
  response.end();
}).listen(Number(PORT));
