import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { RANGE } from '../../../content/alerts/counters';
import { always } from '../../../content/alerts/test-series';
import { logOf, make, podsOf, query, restart } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';
import { PORTS } from '../../../lib/endpoint';

const OF_ALERTMANAGER = '{job="alertmanager"}';
const pod = (index: number) => `job="alertmanager",instance="${index}",pod="alertmanager-${index}"`;

/** A gauge, for two pods. */
const both = (metric: string, first: number, second: number) => ({
  [`${metric}{${pod(0)}}`]: always(first),
  [`${metric}{${pod(1)}}`]: always(second),
});

const gossip = (at: Places) =>
  [
    podsOf(at.alertmanager),
    logOf(at.alertmanager, 'Peers that do not answer.', 'cluster|peer|memberlist'),
    query('How many members each one sees.', 'alertmanager_cluster_members'),
  ] as const;

const openGossip = (at: Places) =>
  `Gossip needs port ${PORTS.gossip.port} by TCP and UDP between the pods: apply the NetworkPolicies again with \`${make(at, 'monitor-up')}\`.`;

const membersMissing: AlertDefinition = {
  name: 'AlertmanagerMembersMissing',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: () => [
    {
      expr: `max by (pod) (max_over_time(alertmanager_cluster_members${OF_ALERTMANAGER}[${RANGE}])) < on () group_left () count(up${OF_ALERTMANAGER} == 1)`,
      summary: '{{ $labels.pod }} does not see all Alertmanagers',
      description: 'It sees {{ $value }} members, fewer than are running.',
    },
  ],
  runbook: (at) => ({
    meaning: 'Pods of Alertmanager do not find each other.',
    impact: 'Each notifies by itself: notifications come twice, and a silence holds in one of them only.',
    check: gossip(at),
    mend: [openGossip(at), 'Restart the pod that sees the fewest: it joins again.'],
  }),
  test: () => ({
    fires: { ...both('alertmanager_cluster_members', 2, 1), ...both('up', 1, 1) },
    quiet: { ...both('alertmanager_cluster_members', 2, 2), ...both('up', 1, 1) },
  }),
};

const peersFail: AlertDefinition = {
  name: 'AlertmanagerPeersFail',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: () => [
    {
      expr: `max by (pod) (alertmanager_cluster_failed_peers${OF_ALERTMANAGER}) > 0`,
      summary: '{{ $labels.pod }} has lost {{ $value }} peers',
      description: 'It has known them, and cannot reach them any more.',
    },
  ],
  runbook: (at) => ({
    meaning: 'A peer has gone without saying so: its pod was killed, or the network between them is cut.',
    impact:
      'While it is away there is one Alertmanager fewer. If it runs and is only cut off, notifications come twice.',
    check: gossip(at),
    mend: [
      openGossip(at),
      'If a pod is gone for good after fewer replicas were configured, the peer is forgotten after six hours.',
    ],
  }),
  test: () => ({
    fires: both('alertmanager_cluster_failed_peers', 1, 0),
    quiet: both('alertmanager_cluster_failed_peers', 0, 0),
  }),
};

/** A health score of 0 is the best; each failed probe of a peer raises it. */
const gossipSlow: AlertDefinition = {
  name: 'AlertmanagerGossipSlow',
  owner: 'platform',
  severity: 'info',
  for: '15m',
  threshold: { value: 2, unit: 'score', min: 0, max: 6 },
  rules: (threshold) => [
    {
      expr: `min by (pod) (min_over_time(alertmanager_cluster_health_score${OF_ALERTMANAGER}[${RANGE}])) > ${threshold}`,
      summary: '{{ $labels.pod }} answers its peers too late',
      description: 'Its health score in gossip is {{ $value }}; 0 is healthy.',
    },
  ],
  runbook: (at) => ({
    meaning: 'Probes between Alertmanagers are answered late: the network is slow, or the pod has too little CPU.',
    impact: 'Peers may count it as lost: see AlertmanagerMembersMissing.',
    check: [...gossip(at), query('Messages that wait to be sent.', 'alertmanager_cluster_messages_queued')],
    mend: ['Give it more CPU: `alertmanager.resources`.', openGossip(at)],
  }),
  test: (threshold) => ({
    fires: both('alertmanager_cluster_health_score', threshold + 1, 0),
    quiet: both('alertmanager_cluster_health_score', threshold, 0),
  }),
};

const configsDiffer: AlertDefinition = {
  name: 'AlertmanagerConfigsDiffer',
  owner: 'platform',
  severity: 'warning',
  for: '20m',
  rules: () => [
    {
      expr: `max(alertmanager_config_hash${OF_ALERTMANAGER}) != min(alertmanager_config_hash${OF_ALERTMANAGER})`,
      summary: 'The Alertmanagers have different configurations',
      description: 'Some have not taken the last change.',
    },
  ],
  runbook: (at) => ({
    meaning: 'A change of the configuration has reached some of the pods only.',
    impact: 'Which receiver is notified depends on which of them is first.',
    check: [query('The hash of each.', 'alertmanager_config_hash'), ...gossip(at)],
    mend: [
      'See whether AlertmanagerReloadFailed fires for one of them.',
      at.alertmanager && `Else restart them: \`${restart(at.alertmanager)}\`.`,
    ],
  }),
  test: () => ({
    fires: both('alertmanager_config_hash', 12, 34),
    quiet: both('alertmanager_config_hash', 12, 12),
  }),
};

/** Alerts on the cluster of Alertmanager replicas. They never fire with one replica. */
export const alertmanagerClusterAlerts: AlertGroup = {
  name: 'alertmanager-cluster',
  title: 'Alertmanager: several as one',
  alerts: [membersMissing, peersFail, gossipSlow, configsDiffer],
};
