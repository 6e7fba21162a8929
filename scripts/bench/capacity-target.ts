/** A target with many series, for a Prometheus that scrapes it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Series } from './queries-series';

/** It runs on loopback until it is stopped. */
export interface Target {
  /** `host:port`. */
  readonly address: string;
  stop(): Promise<void>;
}

const escaped = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** The series in the text format, without its value. */
function lineOf({ labels }: Series): string {
  const pairs = Array.from({ length: labels.length / 2 }, (_, index) => [labels[2 * index], labels[2 * index + 1]]);
  const name = pairs.find(([key]) => key === '__name__')?.[1] ?? '';
  const rest = pairs.filter(([key]) => key !== '__name__').map(([key, value = '']) => `${key}="${escaped(value)}"`);
  return `${name}{${rest.join()}} `;
}

/** Starts a target with these series. Counters rise, other values move a little. */
export async function startTarget(series: readonly Series[]): Promise<Target> {
  const lines = series.map(lineOf);
  const values = series.map(({ curve }) => curve.size);
  const server = createServer((_request, response) => {
    series.forEach(({ curve }, index) => {
      const size = curve.size;
      const step = curve.kind === 'counter' ? Math.random() * size * 30 : (Math.random() - 0.5) * size * 0.02;
      const next = (values[index] ?? 0) + (curve.kind === 'constant' ? 0 : step);
      values[index] = curve.whole ? Math.round(next) : next;
    });
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(lines.map((line, index) => `${line}${values[index]}\n`).join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
