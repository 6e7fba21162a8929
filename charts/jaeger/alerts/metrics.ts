import { logOf, podsOf, spaceOn } from '../../../content/runbooks/checks';
import type { Places, Program } from '../../../content/runbooks/places';
import type { Check } from '../../../content/runbooks/runbook';

/** Selects the metrics of all of Jaeger's roles. */
export const OF_JAEGER = 'job=~"jaeger.*"';

/** Labels of one of its pods, for tests. */
export const POD = 'job="jaeger",instance="a",pod="jaeger-0"';

/** The steps that check the store, for one of Jaeger's roles. */
export const storeChecks = (at: Places, role: Program): (Check | null)[] => [
  podsOf(role),
  logOf(role, 'What the store answers.', 'error|fail'),
  spaceOn(at.claims.jaeger, "Space on Jaeger's claim."),
];

/** What to do about an external store; null if the store is embedded in Jaeger. */
export const fixStore = ({ store }: Places): string | null => {
  if (store === 'badger') return null;
  const { title, address } = OUTSIDE[store];
  return `Mend ${title}, which \`jaeger.store.${address}\` names, or the way to it: credentials, certificate, NetworkPolicy (\`jaeger.store.cidr\`).`;
};

const OUTSIDE = {
  opensearch: { title: 'OpenSearch', address: 'urls' },
  elasticsearch: { title: 'Elasticsearch', address: 'urls' },
  cassandra: { title: 'Cassandra', address: 'servers' },
} as const;

/** What buffers spans while Jaeger does not accept them. */
export const bufferOf = ({ kafka }: Places): string => (kafka ? 'Kafka' : 'the queue of the Collector');
