/** F21: the certificates of a store are rotated. */
import { copyFileSync } from 'node:fs';
import { collectorOf } from '../../collector';
import { until } from '../../commands';
import { sumOf } from '../../series';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { authority } from './certificates';
import { drained, dropped, NO_JAEGER, withAddresses } from './collectors';
import { withTls } from './guarded-store';
import { metricRequests } from './metrics';
import { storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';

const ENVIRONMENT = [
  'collector:',
  '  queue: { storage: 10Gi }',
  '  otlpMetrics:',
  "    - { name: tls, url: 'https://metrics.example.com/otlp/v1/metrics', caSecret: { name: tls, key: ca.pem } }",
].join('\n');
const STORE = 'otlp_http/tls';
/** Requests after each step. */
const REQUESTS = 20;

/** The experiment. */
export const tlsRotation: Experiment = {
  id: 'F21',
  title: "A store's certificate, then its authority, is rotated (the only edges with TLS are those to stores outside)",
  passes: 'a new certificate of the same authority is used at once; with a new authority nothing is lost',
  run: async ({ say }) => {
    const prometheus = await storePrometheus();
    const [old, next] = await Promise.all(['old', 'next'].map((name) => authority(prometheus.running.path(name))));
    if (old === undefined || next === undefined) throw new Error('there are no authorities');
    const store = await withTls(await old.issue(), prometheus.url);
    // The file that the Secret is mounted as.
    const file = prometheus.running.path('ca.pem');
    copyFileSync(old.certificate, file);
    const exporter = { [STORE]: { metrics_endpoint: store.url, tls: { ca_file: file } } };
    const patched = withAddresses(exporter);
    const collector = await collectorOf({ environment: ENVIRONMENT, jaeger: NO_JAEGER, patched });
    const sender = new Sender(metricRequests());
    const send = async () => {
      for (let request = 0; request < REQUESTS; request++) await sender.send(`${collector.endpoint}/v1/metrics`);
    };
    const waiting = async () => sumOf(await collector.self(), `otelcol_exporter_queue_size{exporter="${STORE}"}`);
    try {
      await prometheus.start();
      await collector.start();
      await send();
      await drained(collector, STORE);
      store.rotate(await old.issue());
      const before = store.requests();
      await send();
      await drained(collector, STORE);
      const renewed = store.requests() - before;
      say(`${renewed} requests with the renewed certificate`);
      copyFileSync(next.certificate, file);
      store.rotate(await next.issue());
      await send();
      await until(async () => (await waiting()) > 0, 'requests to wait');
      const withoutRestart = await drained(collector, STORE, 30).then(
        () => true,
        () => false,
      );
      await collector.end();
      await collector.start();
      await drained(collector, STORE);
      const counts = countsOf({ ...sender, found: await storedSamples(prometheus) });
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'a renewed certificate is used at once': renewed > 0,
          'every acknowledged sample is there': counts.lost === 0 && counts.acked > 0,
          'nothing is dropped': (await dropped(collector, STORE)) === 0,
        }),
        figures: [
          `a new authority is ${withoutRestart ? 'read without a restart' : 'read at a restart of the Collector; until then the queue holds what is sent'}`,
        ],
      };
    } finally {
      await collector.stop();
      await store.stop();
      await prometheus.running.stop();
    }
  },
};
