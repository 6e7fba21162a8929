/** The Job of one run: created under a name of its own, so that it does not touch the one that GitOps may be running. */
import { type Container, type Manifest, podOf } from '../../stack/checks/manifest';
import { applyObjects } from '../apply';
import { JOB_FAILED } from '../doctor/causes/smoke';
import type { DesiredState } from '../doctor/desired-state';
import { newest } from '../doctor/events';
import { type Finding, findingOf } from '../doctor/finding';
import { podFinding } from '../doctor/pods';
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import type { Meta, Pod } from '../objects';
import { readState, type State } from '../state';
import { pause } from '../terminal';

/** How long the pod of the Job may take to start, in seconds: images are pulled meanwhile. */
const START_SECONDS = 120;

/** What a run has printed, and what kept it from its end; null: nothing. */
export interface JobResult {
  readonly log: string;
  readonly problem: Finding | null;
}

/** The container of the script: its variables are the checks and the addresses. */
export function scriptOf({ hooks }: Expected): Container | undefined {
  const job = hooks.find(({ kind }) => kind === 'Job');
  return job === undefined ? undefined : podOf(job)?.containers[0];
}

/** Runs the Job to its end, and deletes it. @param onStart is called with the name of the Job */
export async function runJob(
  kubectl: Kubectl,
  expected: Expected,
  desired: DesiredState,
  signal: AbortSignal,
  onStart: (name: string) => void,
): Promise<JobResult> {
  const { namespace } = desired;
  await applyObjects(
    kubectl,
    expected.hooks.filter(({ kind }) => kind !== 'Job'),
  );
  const created = await kubectl.text(
    ['create', '-n', namespace, '-f', '-', '-o', 'name'],
    JSON.stringify(expected.hooks.filter(({ kind }) => kind === 'Job').map(ofThisRun)[0]),
  );
  const job = created.trim();
  const name = job.slice(job.indexOf('/') + 1);
  try {
    onStart(name);
    const problem = await waitForEnd(kubectl, desired, name, signal);
    const logs = await kubectl.run(['logs', '-n', namespace, job, '-c', scriptOf(expected)?.name ?? '']);
    const unread = logs.code === 0 ? null : failed(desired, name, `its log cannot be read: ${logs.stderr.trim()}`);
    return { log: logs.stdout, problem: problem ?? unread };
  } finally {
    await kubectl.run(['delete', '-n', namespace, job, '--ignore-not-found', '--wait=false', '--request-timeout=10s']);
  }
}

/** Without the annotations by which Argo CD takes a Job for its own. */
function ofThisRun({ apiVersion, kind, metadata, spec }: Manifest): object {
  const { name, namespace, labels } = metadata;
  return { apiVersion, kind, metadata: { generateName: `${name}-`, namespace, labels }, spec };
}

interface Job extends Meta {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/** Waits until the Job has ended. @returns what kept it from running to its end; null if it did, whatever it found */
async function waitForEnd(
  kubectl: Kubectl,
  desired: DesiredState,
  name: string,
  signal: AbortSignal,
): Promise<Finding | null> {
  const started = Date.now();
  while (!signal.aborted) {
    const job = await kubectl.json<Job>(['get', 'job', name, '-n', desired.namespace]);
    const ended = job.status?.conditions?.find(
      ({ type, status }) => ['Complete', 'Failed'].includes(type) && status === 'True',
    );
    if (ended?.reason === 'DeadlineExceeded') return failed(desired, name, ended.message ?? ended.reason);
    const state = await readState(kubectl, desired);
    const pod = state.pods.find(({ metadata }) => metadata.labels?.['batch.kubernetes.io/job-name'] === name);
    if (ended !== undefined) return endedEarly(desired, name, pod);
    const isLate = Date.now() - started > START_SECONDS * 1000 && pod?.status?.phase !== 'Running';
    if (isLate || refusedOf(name, state) !== undefined) return notStarted(desired, name, pod, state);
    await pause(1, signal);
  }
  return failed(desired, name, 'it was stopped');
}

/** Whether a container could not start, for example in an image without a shell, or was killed. Exit code 1 is a check that failed. */
function endedEarly(desired: DesiredState, name: string, pod: Pod | undefined): Finding | null {
  for (const { state } of pod?.status?.containerStatuses ?? []) {
    const { reason = 'Completed', message = '' } = state?.terminated ?? {};
    if (!['Completed', 'Error'].includes(reason)) return failed(desired, name, `${reason} ${message}`.trim());
  }
  return null;
}

/** Why the Job has no pod that runs. */
function notStarted(desired: DesiredState, name: string, pod: Pod | undefined, state: State): Finding {
  const part = `Job/${name}`;
  const found = pod === undefined ? undefined : podFinding(desired, part, pod, state, new Map());
  if (found !== undefined) return found;
  return failed(desired, name, refusedOf(name, state)?.message ?? `no pod runs after ${START_SECONDS} s`);
}

/** The event that says why no pod is created: a quota, or admission. */
const refusedOf = (name: string, { events }: State) =>
  newest(events.filter(({ involvedObject, reason }) => involvedObject.name === name && reason === 'FailedCreate'));

const failed = (desired: DesiredState, name: string, text: string): Finding =>
  findingOf(desired, JOB_FAILED, { part: `Job/${name}`, details: { text } });
