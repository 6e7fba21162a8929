import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { seconds } from '../../config/units';
import { selectorLabels } from '../../lib/labels';
import type { Placement } from '../../lib/placement';
import { ScheduledJob } from '../../lib/scheduled-job';
import type { Topology } from '../../lib/topology';
import { accessOf } from '../access';
import { connectStore, type SearchStore } from './store';

/** Name of its CronJob. */
export const NAME = 'jaeger-index-cleaner';
const USER = 10001;

/** What the cleaner is made from. */
export interface IndexCleanerProps {
  readonly config: Config;
  readonly cleanerImage: Image;
  readonly placement: Placement;
  readonly topology: Topology;
}

/**
 * Deletes the daily indices that are older than `jaeger.ttl`: Jaeger itself deletes nothing, and the disk would grow for ever.
 * Variables and arguments are those of jaeger-es-index-cleaner (cmd/es-index-cleaner).
 */
export function addIndexCleaner(scope: Construct, props: IndexCleanerProps, store: SearchStore): void {
  const { config, topology } = props;
  const identity = { name: 'jaeger', component: 'tracing-index-cleaner', instance: config.namespace };
  const party = topology.component(NAME, selectorLabels(identity));
  connectStore(topology, party, store);
  const { ca } = accessOf('/etc/jaeger/secrets', 'store', { basicAuth: null, caSecret: store.caSecret });
  const days = Math.max(1, Math.ceil(seconds(config.jaeger.ttl) / 86_400));
  new ScheduledJob(scope, 'index-cleaner', {
    name: NAME,
    identity,
    placement: props.placement,
    image: props.cleanerImage,
    schedule: store.cleanupSchedule,
    deadlineSeconds: 1800,
    args: [String(days), store.urls[0] ?? ''],
    env: {
      INDEX_PREFIX: store.indexPrefix,
      ...(store.basicAuth !== null && { ES_USERNAME: store.basicAuth.username }),
      ...(ca !== null && { ES_TLS_ENABLED: 'true', ES_TLS_CA: ca.path }),
    },
    secretEnv: store.basicAuth === null ? {} : { ES_PASSWORD: store.basicAuth.passwordSecret },
    user: USER,
    resources: { cpu: '50m', memory: '128Mi', ephemeralStorage: '16Mi' },
    mounts: ca === null ? [] : [ca.mount],
    stopSeconds: 30,
  });
}
