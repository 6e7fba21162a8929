/** Why targets are down: Prometheus keeps the error of the last scrape, and no metric has it. */
import { request } from '../http-request';
import { whileForwarded } from '../short-forward';
import type { TestRun } from './test-run';

/** How long an answer may take. */
const SECONDS = 10;

interface Targets {
  readonly data: {
    readonly activeTargets: readonly {
      readonly health: string;
      readonly lastError: string;
      readonly labels: Readonly<Record<string, string>>;
    }[];
  };
}

/** The errors of the targets that are down, each once; none if Prometheus cannot be asked. */
export async function scrapeErrors({ kubectl, desired, signal }: TestRun): Promise<readonly string[]> {
  const { service, port } = desired.places.prometheus;
  const targets = await whileForwarded(kubectl, { ...desired, service, port }, signal, async (address) => {
    const { text } = await request(`http://${address}/api/v1/targets?state=active`, { signal, seconds: SECONDS });
    return (JSON.parse(text) as Targets).data.activeTargets;
  }).catch(() => []);
  const down = targets.filter(({ health }) => health === 'down');
  return [...new Set(down.map(({ labels, lastError }) => `${labels.job} on ${labels.instance}: ${lastError}`))];
}
