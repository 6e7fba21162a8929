import type { Construct } from 'constructs';
import { seconds } from '../../config/units';
import { selectorLabels } from '../../lib/labels';
import { Pod } from '../../lib/pod';
import { ScheduledJob } from '../../lib/scheduled-job';
import type { StackContext } from '../common/context';
import { identityOf } from '../common/part-chart';
import { caOf, connectSearch, type SearchStore } from './store';

/** Name of its CronJob. */
export const NAME = 'jaeger-index-cleaner';
const USER = 10001;

/**
 * Deletes daily indices that are older than `jaeger.ttl`: Jaeger itself deletes none, and the disk would fill up. Variables and arguments
 * are those of jaeger-es-index-cleaner (cmd/es-index-cleaner).
 */
export function addIndexCleaner(scope: Construct, context: StackContext, store: SearchStore, ttl: string): void {
  const identity = identityOf(context, 'jaeger', 'tracing-index-cleaner');
  const pod = new Pod({
    graph: context.topology,
    placement: context.placement,
    party: context.topology.component(NAME, selectorLabels(identity)),
    identity,
    image: context.image('jaegerIndexCleaner'),
    user: USER,
    resources: { cpu: '50m', memory: '128Mi', ephemeralStorage: '16Mi' },
    stopSeconds: 30,
  });
  connectSearch(pod, store);
  const days = Math.max(1, Math.ceil(seconds(ttl) / 86_400));
  pod.args(String(days), store.urls[0] ?? '');
  pod.env('INDEX_PREFIX', store.indexPrefix);
  if (store.basicAuth !== null) {
    pod.env('ES_USERNAME', store.basicAuth.username);
    pod.secretEnv('ES_PASSWORD', store.basicAuth.passwordSecret);
  }
  const ca = caOf(pod, store);
  if (ca !== null) {
    pod.env('ES_TLS_ENABLED', 'true');
    pod.env('ES_TLS_CA', ca);
  }
  new ScheduledJob(scope, 'index-cleaner', pod, { schedule: store.cleanupSchedule, deadlineSeconds: 1800 });
}
