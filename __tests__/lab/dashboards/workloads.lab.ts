/** The dashboard of workloads in the real promtool, over series as kube-state-metrics and the kubelet have them. */
import { kubernetesWorkloads } from '../../../content/dashboards/boards/workloads';
import { show } from './judging';

const shows = (series: Readonly<Record<string, string>>, expected: Parameters<typeof show>[1]) =>
  show({ dashboard: kubernetesWorkloads(), chosen: { namespace: '.*', pod: '.*' }, series }, expected);
const one = (value: number) => ({ '{}': value });
const NOTHING = {};

const of = (kind: string, name: string, more = '') => `{namespace="jan",${kind}="${name}"${more}}`;
const STEADY = 'x240';
const TRUE = `1${STEADY}`;

describe('workloads of all kinds are one table', () => {
  const series = {
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

  test('each lacks what it wants and has not ready, and a rollout has old pods and may be stuck', () =>
    shows(series, {
      Workloads: {
        Lacking: {
          [row('Deployment', 'api')]: 1,
          [row('Deployment', 'web')]: 0,
          [row('StatefulSet', 'api')]: 0,
          [row('DaemonSet', 'agent')]: 3,
        },
        Old: { [row('Deployment', 'api')]: 2 },
        Rollout: { [row('Deployment', 'api')]: 1 },
      },
    }));

  test('in all: a surge of one does not make up for what another lacks', () =>
    shows(series, { 'Pods missing': one(4) }));
});

test('a pod that is not ready counts, unless it has ended, and has a line if it was so in the time range', async () => {
  const ready = (pod: string, condition: string) =>
    `kube_pod_status_ready{namespace="jan",pod="${pod}",condition="${condition}"}`;
  const pods = {
    [ready('well', 'false')]: `0${STEADY}`,
    [ready('recovered', 'false')]: '1x149 0x100',
    [ready('starting', 'false')]: TRUE,
    [ready('lost', 'unknown')]: TRUE,
    [ready('done', 'false')]: TRUE,
    'kube_pod_status_phase{namespace="jan",pod="done",phase="Succeeded"}': TRUE,
  };
  const line = (pod: string) => `{namespace="jan",pod="${pod}"}`;
  await shows(pods, {
    'Pods not ready': one(2),
    'Pods that are not ready': { [line('recovered')]: 0, [line('starting')]: 1, [line('lost')]: 1 },
  });
  await shows({ [ready('well', 'false')]: `0${STEADY}` }, { 'Pods not ready': one(0) });
});

const container = (pod: string, more = '') => `{namespace="jan",pod="${pod}",container="c",uid="${pod}"${more}}`;
const restartsOf = (pod: string) => `kube_pod_container_status_restarts_total${container(pod)}`;
const reasonOf = (what: string, pod: string, reason: string) =>
  `kube_pod_container_status_${what}_reason${container(pod, `,reason="${reason}"`)}`;

/** Three restarts within the last hour, none, and two before its last minutes. */
const RESTARTED = {
  [restartsOf('a')]: '5x149 6x29 7x29 8x39',
  [restartsOf('b')]: TRUE,
  [restartsOf('d')]: '0x139 2x110',
};

describe('restarts', () => {
  test('are whole numbers', () => shows(RESTARTED, { Restarts: one(5) }));

  test('are lines of the pods that had one in the time range, at zero where they have none', () =>
    shows(RESTARTED, {
      'Restarts by pod': { '{namespace="jan",pod="a"}': 0, '{namespace="jan",pod="d"}': 0 },
    }));

  test('are kills for memory if that was the last reason', () => {
    const ends = {
      [reasonOf('last_terminated', 'a', 'OOMKilled')]: TRUE,
      [reasonOf('last_terminated', 'd', 'Error')]: TRUE,
    };
    return shows({ ...RESTARTED, ...ends }, { 'OOM kills': one(3) });
  });

  test('no kill is a zero, and no kube-state-metrics is no data', async () => {
    await shows(RESTARTED, { 'OOM kills': one(0) });
    await shows(NOTHING, { 'OOM kills': NOTHING });
  });

  test('stand beside the reason for which a container waits, and that of its last end', () => {
    const row = (reason: string) => `{namespace="jan",pod="a",container="c",reason="${reason}"}`;
    const series = {
      ...RESTARTED,
      [reasonOf('waiting', 'a', 'CrashLoopBackOff')]: TRUE,
      [reasonOf('last_terminated', 'a', 'OOMKilled')]: TRUE,
      [`kube_pod_container_status_last_terminated_exitcode${container('a')}`]: `137${STEADY}`,
    };
    return shows(series, {
      'Containers that wait': { [row('CrashLoopBackOff')]: 3 },
      'Why containers ended last': { 'Exit code': { [row('OOMKilled')]: 137 } },
    });
  });
});

test('no Job failed is a zero, and no kube-state-metrics is no data', async () => {
  const pods = { 'kube_pod_info{namespace="jan",pod="a"}': TRUE };
  const failed = { 'kube_job_failed{namespace="jan",job_name="j",condition="true"}': TRUE };
  await shows(pods, { 'Jobs failed': one(0) });
  await shows({ ...pods, ...failed }, { 'Jobs failed': one(1) });
  await shows(NOTHING, { 'Jobs failed': NOTHING });
});

test('a Job that has not failed says so', () => {
  const job = (name: string) => `{namespace="jan",job_name="${name}"}`;
  const series = {
    'kube_job_failed{namespace="jan",job_name="j",condition="true"}': TRUE,
    [`kube_job_status_start_time${job('j')}`]: TRUE,
    [`kube_job_status_start_time${job('k')}`]: TRUE,
  };
  return shows(series, { Jobs: { State: { [job('j')]: 1, [job('k')]: 0 } } });
});

test('a claim that fills has days left, and one that empties has none', () => {
  const free = (claim: string) => `kubelet_volume_stats_available_bytes${of('persistentvolumeclaim', claim)}`;
  // 2880 samples a day, and 240 of them before the evaluation.
  return shows(
    { [free('fills')]: '8880-1x240', [free('empties')]: '100+1x240' },
    { Claims: { 'Days left': { [of('persistentvolumeclaim', 'fills')]: 3 } } },
  );
});

test('of many containers the twenty highest are drawn, and of many pods those with the most restarts', () => {
  const pods = Array.from({ length: 22 }, (_, index) => `p${index + 10}`);
  const series = pods.flatMap((pod, index) => [
    [`container_memory_working_set_bytes{namespace="jan",pod="${pod}",container="c"}`, `${100 + index}${STEADY}`],
    [restartsOf(pod), `0x149 ${index + 1}x100`],
  ]);
  const highest = pods.slice(2);
  const lines = (value: (index: number) => number, more = '') =>
    Object.fromEntries(highest.map((pod, index) => [`{namespace="jan",pod="${pod}"${more}}`, value(index)]));
  return shows(Object.fromEntries(series), {
    'Memory by container': lines((index) => 102 + index, ',container="c"'),
    'Restarts by pod': lines(() => 0),
  });
});
