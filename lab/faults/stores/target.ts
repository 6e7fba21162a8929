/** Tiny targets of scrapes. */
import { createServer } from 'node:http';

/** A target that runs. */
export interface Target {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves what a function returns, in Prometheus' text format. */
export async function startTarget(metrics: () => string): Promise<Target> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the target has no port');
  return {
    port: address.port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The metric of a target whose value is the time. */
export const CLOCK = 'faults_clock_seconds';

/** A target whose counter carries the second in which it was scraped. */
export const startClock = (): Promise<Target> =>
  startTarget(() => `# TYPE ${CLOCK} gauge\n${CLOCK} ${(Date.now() / 1000).toFixed(3)}\n`);
