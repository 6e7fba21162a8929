/** What the panels of workloads show, over series as kube-state-metrics and the kubelet have them. */
import { claims } from '../../../content/dashboards/boards/workloads-claims';
import { jobs } from '../../../content/dashboards/boards/workloads-jobs';
import { restarts as restartsByPod } from '../../../content/dashboards/boards/workloads-limits';
import { jobsFailed, missing, oomKills, restarts } from '../../../content/dashboards/boards/workloads-now';
import { ended, waiting, workloads } from '../../../content/dashboards/boards/workloads-pods';
import { returns, type Series } from './panels';

const of = (kind: string, name: string, more = '') => `{namespace="jan",${kind}="${name}"${more}}`;
const STEADY = 'x130';
const TRUE = `1${STEADY}`;

describe('workloads of all kinds are one table', () => {
  const series: Series = {
    [`kube_deployment_spec_replicas${of('deployment', 'api')}`]: `2${STEADY}`,
    [`kube_deployment_status_replicas_available${of('deployment', 'api')}`]: `1${STEADY}`,
    [`kube_deployment_status_replicas${of('deployment', 'api')}`]: `3${STEADY}`,
    [`kube_deployment_status_replicas_updated${of('deployment', 'api')}`]: `1${STEADY}`,
    [`kube_deployment_status_condition${of('deployment', 'api', ',condition="Progressing",status="false"')}`]: TRUE,
    // A surge: one more than is wanted.
    [`kube_deployment_spec_replicas${of('deployment', 'web')}`]: `2${STEADY}`,
    [`kube_deployment_status_replicas_available${of('deployment', 'web')}`]: `3${STEADY}`,
    // The name of a Deployment, too.
    [`kube_statefulset_replicas${of('statefulset', 'api')}`]: TRUE,
    [`kube_statefulset_status_replicas_available${of('statefulset', 'api')}`]: TRUE,
    [`kube_daemonset_status_desired_number_scheduled${of('daemonset', 'agent')}`]: `3${STEADY}`,
    [`kube_daemonset_status_number_available${of('daemonset', 'agent')}`]: `0${STEADY}`,
  };
  const row = (kind: string, workload: string) => `{namespace="jan",kind="${kind}",workload="${workload}"}`;

  test('each lacks what it wants and has not ready', () =>
    returns(series, [
      {
        panel: workloads(),
        legend: 'Lacking',
        samples: {
          [row('Deployment', 'api')]: 1,
          [row('Deployment', 'web')]: 0,
          [row('StatefulSet', 'api')]: 0,
          [row('DaemonSet', 'agent')]: 3,
        },
      },
    ]));

  test('a rollout has old pods, and is stuck', () =>
    returns(series, [
      { panel: workloads(), legend: 'Old', samples: { [row('Deployment', 'api')]: 2 } },
      { panel: workloads(), legend: 'Rollout', samples: { [row('Deployment', 'api')]: 1 } },
    ]));

  test('in all: a surge of one does not make up for what another lacks', () =>
    returns(series, [{ panel: missing(), legend: 'missing', samples: { '{}': 4 } }]));
});

const container = (pod: string, more = '') => `{namespace="jan",pod="${pod}",container="c",uid="${pod}"${more}}`;
const restartsOf = (pod: string) => `kube_pod_container_status_restarts_total${container(pod)}`;
const reasonOf = (what: string, pod: string, reason: string) =>
  `kube_pod_container_status_${what}_reason${container(pod, `,reason="${reason}"`)}`;

/** Three restarts within the hour, none, and two before its last minutes. */
const RESTARTED: Series = {
  [restartsOf('a')]: '5x30 6x30 7x30 8x40',
  [restartsOf('b')]: TRUE,
  [restartsOf('d')]: '0x20 2x110',
};

describe('restarts', () => {
  test('are whole numbers', () =>
    returns(RESTARTED, [{ panel: restarts(), legend: 'restarts', samples: { '{}': 5 } }]));

  test('are lines of the pods that had one in the time range, at zero where they have none', () =>
    returns(RESTARTED, [
      {
        panel: restartsByPod(),
        legend: '{{pod}}',
        samples: { '{namespace="jan",pod="a"}': 0, '{namespace="jan",pod="d"}': 0 },
      },
    ]));

  test('are kills for memory if that was the last reason', () =>
    returns(
      {
        ...RESTARTED,
        [reasonOf('last_terminated', 'a', 'OOMKilled')]: TRUE,
        [reasonOf('last_terminated', 'd', 'Error')]: TRUE,
      },
      [{ panel: oomKills(), legend: 'kills', samples: { '{}': 3 } }],
    ));

  test('no kill is a zero, and no kube-state-metrics is no data', async () => {
    await returns(RESTARTED, [{ panel: oomKills(), legend: 'kills', samples: { '{}': 0 } }]);
    await returns({}, [{ panel: oomKills(), legend: 'kills', samples: {} }]);
  });

  test('stand beside the reason for which a container waits, and that of its last end', () =>
    returns(
      {
        ...RESTARTED,
        [reasonOf('waiting', 'a', 'CrashLoopBackOff')]: TRUE,
        [reasonOf('last_terminated', 'a', 'OOMKilled')]: TRUE,
        [`kube_pod_container_status_last_terminated_exitcode${container('a')}`]: `137${STEADY}`,
      },
      [
        {
          panel: waiting(),
          legend: 'Restarts',
          samples: { '{namespace="jan",pod="a",container="c",reason="CrashLoopBackOff"}': 3 },
        },
        {
          panel: ended(),
          legend: 'Exit code',
          samples: { '{namespace="jan",pod="a",container="c",reason="OOMKilled"}': 137 },
        },
      ],
    ));
});

test('no Job failed is a zero, and no kube-state-metrics is no data', async () => {
  const pods = { 'kube_pod_info{namespace="jan",pod="a"}': TRUE };
  const failed = { 'kube_job_failed{namespace="jan",job_name="j",condition="true"}': TRUE };
  await returns(pods, [{ panel: jobsFailed(), legend: 'failed', samples: { '{}': 0 } }]);
  await returns({ ...pods, ...failed }, [{ panel: jobsFailed(), legend: 'failed', samples: { '{}': 1 } }]);
  await returns({}, [{ panel: jobsFailed(), legend: 'failed', samples: {} }]);
});

test('a Job that has not failed says so', () =>
  returns(
    {
      'kube_job_failed{namespace="jan",job_name="j",condition="true"}': TRUE,
      'kube_job_status_start_time{namespace="jan",job_name="j"}': TRUE,
      'kube_job_status_start_time{namespace="jan",job_name="k"}': TRUE,
    },
    [
      {
        panel: jobs(),
        legend: 'State',
        samples: { '{namespace="jan",job_name="j"}': 1, '{namespace="jan",job_name="k"}': 0 },
      },
    ],
  ));

test('a claim that fills has days left, and one that empties has none', () => {
  const free = (claim: string) => `kubelet_volume_stats_available_bytes${of('persistentvolumeclaim', claim)}`;
  // 2880 samples a day.
  return returns({ [free('fills')]: '8760-1x130', [free('empties')]: '100+1x130' }, [
    { panel: claims(), legend: 'Days left', samples: { [of('persistentvolumeclaim', 'fills')]: 3 } },
  ]);
});
