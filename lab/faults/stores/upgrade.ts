/** F23: the previous release of a store, this one, and the previous one again, on the same data. */
import { existsSync } from 'node:fs';
import { buildPrograms } from '../../build';
import { programPath, programVersion } from '../../cache';
import { jaegerOf } from '../../jaeger';
import { type Counts, type Experiment, unmet } from '../experiment';
import { added, countsOf } from '../ids';
import { metricRequests } from './metrics';
import { storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { type ExportRequest, Sender } from './sender';
import { spanRequest, storedSpans } from './spans';

/** Requests to each release. */
const REQUESTS = 100;

/** A release of a store on a folder. */
interface Release {
  readonly program: string;
  readonly url: string;
  start(): Promise<number>;
  end(): Promise<unknown>;
  stored(ids: readonly string[]): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** What the releases have done: the counts after each step, in the order of `STEPS`. */
interface Upgraded {
  readonly name: string;
  readonly steps: readonly Counts[];
}

async function jaegerReleases(): Promise<readonly Release[]> {
  const earlier = await jaegerOf({ program: 'jaeger-earlier' });
  const now = await jaegerOf({ folder: earlier.data });
  return [
    { ...earlier, program: 'jaeger-earlier' },
    { ...now, program: 'jaeger' },
  ].map(({ program, url, api, start, running }) => ({
    ...{ program, url, start },
    end: () => running.end('SIGTERM'),
    stored: (ids) => storedSpans(api, ids),
    stop: () => running.stop(),
  }));
}

async function prometheusReleases(): Promise<readonly Release[]> {
  const earlier = await storePrometheus({ program: 'prometheus-earlier' });
  const now = await storePrometheus({ folder: earlier.data });
  return [
    { ...earlier, program: 'prometheus-earlier' },
    { ...now, program: 'prometheus' },
  ].map((each) => ({
    ...{ program: each.program, url: each.url, start: each.start },
    end: () => each.running.end('SIGTERM'),
    stored: () => storedSamples(each),
    stop: () => each.running.stop(),
  }));
}

/** Starts the previous release, this one, and the previous one again; each writes, and has to read what all have written. */
async function upgraded(name: string, releases: readonly Release[], next: () => ExportRequest): Promise<Upgraded> {
  const [earlier, now] = releases;
  if (earlier === undefined || now === undefined) throw new Error(`there are no two releases of ${name}`);
  const sender = new Sender(next);
  const steps: Counts[] = [];
  try {
    for (const release of [earlier, now, earlier]) {
      await release.start();
      for (let request = 0; request < REQUESTS; request++) await sender.send(release.url);
      steps.push(countsOf({ ...sender, found: await release.stored(sender.offered) }));
      await release.end();
    }
    return { name: `${name} ${programVersion(earlier.program)} to ${programVersion(now.program)}`, steps };
  } finally {
    await Promise.all(releases.map((release) => release.stop()));
  }
}

/** The experiment. */
export const upgrade: Experiment = {
  id: 'F23',
  title: 'Jaeger and Prometheus are upgraded and downgraded with their data',
  passes: 'each release reads what both have written',
  run: async ({ say }) => {
    const programs = ['jaeger-earlier', 'prometheus-earlier'];
    if (!programs.every((program) => existsSync(programPath(program)))) say('building the previous releases: minutes');
    await buildPrograms(programs);
    const all = [
      await upgraded('Jaeger', await jaegerReleases(), () => spanRequest()),
      await upgraded('Prometheus', await prometheusReleases(), metricRequests()),
    ];
    const last = all.map(({ steps }) => steps.at(-1)).filter((counts) => counts !== undefined);
    return {
      ...last.reduce(added),
      spanMetricsError: null,
      failures: all.flatMap(({ name, steps: [, up, down] }) =>
        unmet({
          [`${name}: everything can be read after the upgrade`]: up?.lost === 0 && up.refused === 0,
          [`${name}: everything can be read after the downgrade`]: down?.lost === 0 && down.refused === 0,
        }),
      ),
      figures: [
        ...all.map(({ name }) => `${name} and back`),
        'NOT RUN: the Collector, whose previous release has no modules to be built from',
      ],
    };
  },
};
