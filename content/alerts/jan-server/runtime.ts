/** Alerts on the process of every service of Jan Server, including services without metrics of their own. */

import { llmApiRequests } from '../../../metrics/jan-server';
import { sumBy } from '../../../metrics/spans';
import { oneOf } from '../../../promql/matcher';
import { query } from '../../runbooks/checks';
import type { Places } from '../../runbooks/places';
import { servicesNamespace } from '../../runbooks/services';
import type { AlertContext, AlertDefinition } from '../alert';
import { above, always, below } from '../test-series';

/** Matchers of the scraped services; undefined: no service is scraped. */
function janJobs({ config: { janServer } }: AlertContext): string | undefined {
  const names = (janServer?.services ?? []).map(({ name }) => name);
  return names.length === 0 ? undefined : oneOf('job', names);
}

const firstJob = ({ config: { janServer } }: AlertContext) => janServer?.services[0]?.name ?? 'llm-api';
const labels = (context: AlertContext) => `{job="${firstJob(context)}",pod="p",instance="i"}`;

const pods = (at: Places) => ({
  look: 'The pods, and why their last container ended: OOMKilled, Error, or nothing.',
  command: `kubectl get pods -n ${servicesNamespace(at)} -o custom-columns='NAME:.metadata.name,RESTARTS:.status.containerStatuses[*].restartCount,LAST:.status.containerStatuses[*].lastState.terminated.reason'`,
});
const previousLog = (at: Places) => ({
  look: 'The last lines before it ended, of the pod in the label `pod`.',
  command: `kubectl logs -n ${servicesNamespace(at)} POD --previous --tail=100`,
});

const restarts: AlertDefinition = {
  name: 'JanServiceRestarts',
  owner: 'services',
  severity: 'warning',
  for: '5m',
  threshold: { value: 2, unit: 'restarts in an hour', min: 0, max: 20 },
  rules: (threshold, context) => {
    const jobs = janJobs(context);
    if (jobs === undefined) return [];
    return [
      {
        expr: `${sumBy(['job', 'pod'], `changes(process_start_time_seconds{${jobs}}[1h])`)} > ${threshold}`,
        summary: '{{ $labels.job }} restarts again and again ({{ $labels.pod }})',
        description: `Its process has started more than ${threshold} times within an hour, in the same pod.`,
      },
    ];
  },
  runbook: (at) => ({
    meaning: 'A service of Jan Server ends and is started again by Kubernetes.',
    impact: 'Requests that it was working on are lost; with one pod, all requests until it is ready.',
    check: [
      pods(at),
      previousLog(at),
      query(
        'When it started, in seconds since 1970. JOB is a label of the alert.',
        'process_start_time_seconds{job="JOB"}',
      ),
    ],
    mend: [
      'OOMKilled: give it more memory (resources.limits.memory in the values of the chart); see whether JanServiceGoroutinesHigh fires too.',
      'Error: the last lines of its log name the reason, most often a database, keycloak or a setting that is missing.',
      `Killed by its liveness probe (\`kubectl describe pod -n ${servicesNamespace(at)} POD\`): it hangs or has too little CPU.`,
    ],
  }),
  test: (_, context) => ({
    // The start time changes with every sample of the last hour.
    fires: { [`process_start_time_seconds${labels(context)}`]: '1+1x240' },
    quiet: { [`process_start_time_seconds${labels(context)}`]: always(1) },
  }),
};

const goroutinesHigh: AlertDefinition = {
  name: 'JanServiceGoroutinesHigh',
  owner: 'services',
  severity: 'warning',
  for: '15m',
  threshold: { value: 10_000, unit: 'goroutines', min: 100, max: 1_000_000 },
  rules: (threshold, context) => {
    const jobs = janJobs(context);
    if (jobs === undefined) return [];
    return [
      {
        expr: `go_goroutines{${jobs}} > ${threshold}`,
        summary: '{{ $labels.job }} has {{ $value | humanize }} goroutines ({{ $labels.pod }})',
        description: `More than ${threshold} for ${context.lasts}: requests wait for something, or it leaks.`,
      },
    ];
  },
  runbook: (at, _, isOn) => ({
    meaning:
      'A service of Jan Server works on, or waits for, very many things at once. Each stream that is open is a few goroutines.',
    impact: 'Its memory grows until it is killed: see JanServiceRestarts.',
    check: [
      query(
        'Does it only ever grow? Show this as a graph over a day. JOB is a label of the alert.',
        'go_goroutines{job="JOB"}',
      ),
      query('Its memory, in bytes.', 'process_resident_memory_bytes{job="JOB"}'),
      query('Requests to it, a second.', sumBy(['job'], `rate(${llmApiRequests()}[5m])`)),
    ],
    mend: [
      `If requests have grown with it, give it more pods: \`kubectl scale deployment/NAME -n ${servicesNamespace(at)} --replicas=3\`.`,
      `If what it calls hangs, mend that: see ${['LlmSecondsPerTokenHigh', 'McpToolTimeouts'].filter(isOn).join(', ')}.`,
      `If it grows without more requests, it leaks: restart it (\`kubectl rollout restart deployment/NAME -n ${servicesNamespace(at)}\`) and report it.`,
    ],
  }),
  test: (threshold, context) => ({
    fires: { [`go_goroutines${labels(context)}`]: always(above(threshold)) },
    quiet: { [`go_goroutines${labels(context)}`]: always(below(threshold)) },
  }),
};

const fileDescriptors: AlertDefinition = {
  name: 'JanServiceFileDescriptorsHigh',
  owner: 'services',
  severity: 'warning',
  for: '10m',
  threshold: { value: 80, unit: 'percent', min: 10, max: 95 },
  rules: (threshold, context) => {
    const jobs = janJobs(context);
    if (jobs === undefined) return [];
    return [
      {
        expr: `process_open_fds{${jobs}} / process_max_fds{${jobs}} > ${threshold / 100}`,
        summary:
          '{{ $labels.job }} has used {{ $value | humanizePercentage }} of its file descriptors ({{ $labels.pod }})',
        description: 'Each connection is one. When none is left, it can neither accept requests nor call others.',
      },
    ];
  },
  runbook: (at) => ({
    meaning: 'A service of Jan Server holds almost as many connections and files as its process may.',
    impact: 'Soon it refuses connections: users get errors.',
    check: [
      query(
        'Show this as a graph: a leak grows without end. JOB is a label of the alert.',
        'process_open_fds{job="JOB"}',
      ),
      query('What it may have.', 'process_max_fds{job="JOB"}'),
    ],
    mend: [
      'If requests have grown with it, give the service more pods.',
      `If it grows without more requests, it leaks connections: restart it (\`kubectl rollout restart deployment/NAME -n ${servicesNamespace(at)}\`) and report it.`,
    ],
  }),
  test: (threshold, context) => ({
    fires: fds(context, above(threshold)),
    quiet: fds(context, below(threshold)),
  }),
};

const fds = (context: AlertContext, percent: number) => ({
  [`process_open_fds${labels(context)}`]: always(10 * percent),
  [`process_max_fds${labels(context)}`]: always(1000),
});

/** Alerts on the processes of Jan Server's services. */
export const RUNTIME: readonly AlertDefinition[] = [restarts, goroutinesHigh, fileDescriptors];
