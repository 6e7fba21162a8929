import type { AlertGroup } from '../contract/alert';
import { alertmanagerClusterAlerts } from './alertmanager/alerts/cluster';
import { alertmanagerAlerts } from './alertmanager/alerts/delivery';
import { collectorLossAlerts } from './collector/alerts/data-loss';
import { collectorIntakeAlerts } from './collector/alerts/intake';
import { collectorMemoryAlerts } from './collector/alerts/memory';
import { collectorQueueAlerts } from './collector/alerts/queues';
import { grafanaAlerts } from './grafana/alerts/grafana';
import { jaegerReadAlerts } from './jaeger/alerts/reads';
import { jaegerWriteAlerts } from './jaeger/alerts/writes';
import { claimAlerts } from './kubernetes/alerts/claims';
import { containerAlerts } from './kubernetes/alerts/containers';
import { jobAlerts } from './kubernetes/alerts/jobs';
import { nodeDiskAlerts } from './kubernetes/alerts/node-disks';
import { nodeAlerts } from './kubernetes/alerts/nodes';
import { podAlerts } from './kubernetes/alerts/pods';
import { workloadAlerts } from './kubernetes/alerts/workloads';
import { notificationAlerts } from './prometheus/alerts/notifications';
import { prometheusQueryAlerts } from './prometheus/alerts/queries';
import { remoteWriteAlerts } from './prometheus/alerts/remote-write';
import { prometheusRuleAlerts } from './prometheus/alerts/rules';
import { prometheusSampleAlerts } from './prometheus/alerts/samples';
import { targetAlerts } from './prometheus/alerts/targets';
import { prometheusStorageAlerts } from './prometheus/alerts/tsdb';
import { watchdogAlerts } from './prometheus/alerts/watchdog';

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
