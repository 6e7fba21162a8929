/** What the panels of workloads show, over series as kube-state-metrics and the kubelet have them. */
import { claims } from '../../../content/dashboards/boards/workloads-claims';
import { restarts as restartsByPod } from '../../../content/dashboards/boards/workloads-limits';
import { jobsFailed, missing, oomKills, restarts } from '../../../content/dashboards/boards/workloads-now';
import { ended, waiting, workloads } from '../../../content/dashboards/boards/workloads-pods';
import { type Given, shows } from './evaluated';

const of = (kind: string, name: string) => `{namespace="jan",${kind}="${name}"}`;
const STEADY = 'x130';

describe('workloads of all kinds in one table', () => {
  const series: Given = {
    [`kube_deployment_spec_replicas${of('deployment', 'api')}`]: `2${STEADY}`,
    [`kube_deployment_status_replicas_available${of('deployment', 'api')}`]: `1${STEADY}`,
    [`kube_deployment_status_replicas${of('deployment', 'api')}`]: `3${STEADY}`,
    [`kube_deployment_status_replicas_updated${of('deployment', 'api')}`]: `1${STEADY}`,
    'kube_deployment_status_condition{namespace="jan",deployment="api",condition="Progressing",status="false"}': `1${STEADY}`,
    // A surge: one more than is wanted.
    [`kube_deployment_spec_replicas${of('deployment', 'web')}`]: `2${STEADY}`,
    [`kube_deployment_status_replicas_available${of('deployment', 'web')}`]: `3${STEADY}`,
    // The name of a Deployment, too.
    [`kube_statefulset_replicas${of('statefulset', 'api')}`]: `1${STEADY}`,
    [`kube_statefulset_status_replicas_available${of('statefulset', 'api')}`]: `1${STEADY}`,
    [`kube_daemonset_status_desired_number_scheduled${of('daemonset', 'agent')}`]: `3${STEADY}`,
    [`kube_daemonset_status_number_available${of('daemonset', 'agent')}`]: `0${STEADY}`,
  };
  const row = (kind: string, workload: string) => `{namespace="jan",kind="${kind}",workload="${workload}"}`;

  test('each lacks what it wants and has not ready', () =>
    shows(workloads(), 'Lacking', series, {
      [row('Deployment', 'api')]: 1,
      [row('Deployment', 'web')]: 0,
      [row('StatefulSet', 'api')]: 0,
      [row('DaemonSet', 'agent')]: 3,
    }));

  test('a rollout has old pods, and is stuck', async () => {
    await shows(workloads(), 'Old', series, { [row('Deployment', 'api')]: 2 });
    await shows(workloads(), 'Rollout', series, { [row('Deployment', 'api')]: 1 });
  });

  test('in all: a surge of one does not make up for what another lacks', () =>
    shows(missing(), 'missing', series, { '{}': 4 }));
});

const container = (pod: string, more = '') => `{namespace="jan",pod="${pod}",container="c",uid="${pod}"${more}}`;
const restartsOf = (pod: string) => `kube_pod_container_status_restarts_total${container(pod)}`;
const endedBy = (pod: string, reason: string) =>
  `kube_pod_container_status_last_terminated_reason${container(pod, `,reason="${reason}"`)}`;

/** Three restarts within the hour, none, and two before its last minutes. */
const RESTARTED = {
  [restartsOf('a')]: `5x30 6x30 7x30 8x40`,
  [restartsOf('b')]: `1${STEADY}`,
  [restartsOf('d')]: `0x20 2x110`,
};

describe('restarts', () => {
  test('are whole numbers', () => shows(restarts(), 'restarts', RESTARTED, { '{}': 5 }));

  test('are lines of the pods that had one in the time range, at zero where they have none', () =>
    shows(restartsByPod(), '{{pod}}', RESTARTED, { '{namespace="jan",pod="a"}': 0, '{namespace="jan",pod="d"}': 0 }));

  test('are kills for memory if that was the last reason', () =>
    shows(
      oomKills(),
      'kills',
      { ...RESTARTED, [endedBy('a', 'OOMKilled')]: `1${STEADY}`, [endedBy('d', 'Error')]: `1${STEADY}` },
      { '{}': 3 },
    ));

  test('no kill is a zero, and no kube-state-metrics is no data', async () => {
    await shows(oomKills(), 'kills', RESTARTED, { '{}': 0 });
    await shows(oomKills(), 'kills', {}, {});
  });

  test('stand beside the reason for which a container waits, and that of its last end', async () => {
    const WAITS = `kube_pod_container_status_waiting_reason${container('a', ',reason="CrashLoopBackOff"')}`;
    const row = '{namespace="jan",pod="a",container="c",reason="CrashLoopBackOff"}';
    await shows(waiting(), 'Restarts', { ...RESTARTED, [WAITS]: `1${STEADY}` }, { [row]: 3 });
    const exit = `kube_pod_container_status_last_terminated_exitcode${container('a')}`;
    const series = { ...RESTARTED, [endedBy('a', 'OOMKilled')]: `1${STEADY}`, [exit]: `137${STEADY}` };
    await shows(ended(), 'Exit code', series, {
      '{namespace="jan",pod="a",container="c",reason="OOMKilled"}': 137,
    });
  });
});

test('no Job failed is a zero, and no kube-state-metrics is no data', async () => {
  const pods = { 'kube_pod_info{namespace="jan",pod="a"}': `1${STEADY}` };
  const failed = { 'kube_job_failed{namespace="jan",job_name="j",condition="true"}': `1${STEADY}` };
  await shows(jobsFailed(), 'failed', pods, { '{}': 0 });
  await shows(jobsFailed(), 'failed', { ...pods, ...failed }, { '{}': 1 });
  await shows(jobsFailed(), 'failed', {}, {});
});

test('a claim that fills has days left, and one that empties has none', () => {
  const free = (claim: string) =>
    `kubelet_volume_stats_available_bytes{namespace="jan",persistentvolumeclaim="${claim}"}`;
  // 2880 samples a day.
  const series = { [free('fills')]: '8760-1x130', [free('empties')]: '100+1x130' };
  return shows(claims(), 'Days left', series, { '{namespace="jan",persistentvolumeclaim="fills"}': 3 });
});
