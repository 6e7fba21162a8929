import { alertmanagerClusterAlerts } from '../../charts/alertmanager/alerts/cluster';
import { alertmanagerAlerts } from '../../charts/alertmanager/alerts/delivery';
import { collectorLossAlerts } from '../../charts/collector/alerts/data-loss';
import { collectorIntakeAlerts } from '../../charts/collector/alerts/intake';
import { collectorMemoryAlerts } from '../../charts/collector/alerts/memory';
import { collectorQueueAlerts } from '../../charts/collector/alerts/queues';
import { grafanaAlerts } from '../../charts/grafana/alerts/grafana';
import { jaegerReadAlerts } from '../../charts/jaeger/alerts/reads';
import { jaegerWriteAlerts } from '../../charts/jaeger/alerts/writes';
import { notificationAlerts } from '../../charts/prometheus/alerts/notifications';
import { prometheusQueryAlerts } from '../../charts/prometheus/alerts/queries';
import { remoteWriteAlerts } from '../../charts/prometheus/alerts/remote-write';
import { prometheusRuleAlerts } from '../../charts/prometheus/alerts/rules';
import { prometheusSampleAlerts } from '../../charts/prometheus/alerts/samples';
import { targetAlerts } from '../../charts/prometheus/alerts/targets';
import { prometheusStorageAlerts } from '../../charts/prometheus/alerts/tsdb';
import { watchdogAlerts } from '../../charts/prometheus/alerts/watchdog';
import type { AlertGroup } from './alert';
import { claimAlerts } from './kubernetes/claims';
import { containerAlerts } from './kubernetes/containers';
import { jobAlerts } from './kubernetes/jobs';
import { nodeDiskAlerts } from './kubernetes/node-disks';
import { nodeAlerts } from './kubernetes/nodes';
import { podAlerts } from './kubernetes/pods';
import { workloadAlerts } from './kubernetes/workloads';

/** Every alert on the stack itself and on what it runs on, in the order of the rule file. */
export const STACK_ALERTS: readonly AlertGroup[] = [
  watchdogAlerts,
  targetAlerts,
  collectorLossAlerts,
  collectorQueueAlerts,
  collectorMemoryAlerts,
  collectorIntakeAlerts,
  prometheusRuleAlerts,
  prometheusStorageAlerts,
  prometheusSampleAlerts,
  prometheusQueryAlerts,
  notificationAlerts,
  remoteWriteAlerts,
  jaegerWriteAlerts,
  jaegerReadAlerts,
  grafanaAlerts,
  alertmanagerAlerts,
  alertmanagerClusterAlerts,
  podAlerts,
  containerAlerts,
  workloadAlerts,
  jobAlerts,
  claimAlerts,
  nodeAlerts,
  nodeDiskAlerts,
];
