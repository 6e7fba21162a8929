import { claimAlerts } from '../../content/alerts/kubernetes/claims';
import { containerAlerts } from '../../content/alerts/kubernetes/containers';
import { jobAlerts } from '../../content/alerts/kubernetes/jobs';
import { podAlerts } from '../../content/alerts/kubernetes/pods';
import { workloadAlerts } from '../../content/alerts/kubernetes/workloads';
import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { KubeStateMetrics } from './chart';
import { schema } from './schema';

/** kube-state-metrics: the state of pods, workloads and claims. */
export const kubeStateMetrics = defineComponent({
  key: 'kubeStateMetrics',
  order: 70,
  schema,
  reachable: true,
  build: (context, settings) => (settings.enabled ? new KubeStateMetrics(context, settings) : null),
  emits: ({ enabled }) => (enabled ? [EMITTERS.kubeStateMetrics] : []),
  alerts: [podAlerts, containerAlerts, workloadAlerts, jobAlerts, claimAlerts],
});
