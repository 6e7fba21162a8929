/** The Job of one run: created under a name of its own, so that it does not touch the one that GitOps may be running. */
import { randomUUID } from 'node:crypto';
import { type Container, type Manifest, podOf } from '../../stack/checks/manifest';
import { applyObjects } from '../apply';
import { JOB_FAILED } from '../doctor/causes/smoke';
import type { DesiredState } from '../doctor/desired-state';
import { newest } from '../doctor/events';
import { type Finding, findingOf } from '../doctor/finding';
import { podFinding } from '../doctor/pods';
import type { Expected } from '../expected';
import { KubectlError } from '../kubectl-error';
import type { Meta, Pod } from '../objects';
import { Patience } from '../patience';
import { reasonOf } from '../reason';
import { readState, type State } from '../state';
import { pause } from '../terminal';
import type { TestRun } from './test-run';

/** How long the pod of the Job may take to start, in seconds: images are pulled meanwhile. */
const START_SECONDS = 120;

/** How long after its deadline a Job may take until it has ended, in seconds. */
const END_SECONDS = 60;

/** What a run has printed, and what kept it from its end; null: nothing. */
export interface JobResult {
  readonly log: string;
  readonly problem: Finding | null;
}

const isJob = ({ kind }: Manifest): boolean => kind === 'Job';

/** The container of the script: its variables are the checks and the addresses. */
export function scriptOf({ hooks }: Expected): Container | undefined {
  const job = hooks.find(isJob);
  return job === undefined ? undefined : podOf(job)?.containers[0];
}

/**
 * Runs the Job to its end, and deletes it.
 * @param onStart is called with the name of the Job
 * @throws the signal's reason if the signal is aborted
 */
export async function runJob(run: TestRun, onStart: (name: string) => void): Promise<JobResult> {
  const { kubectl, expected, desired, signal } = run;
  const { namespace } = desired;
  const others = expected.hooks.filter((object) => !isJob(object));
  await applyObjects(kubectl, others);
  const [job] = expected.hooks.filter(isJob).map(ofThisRun);
  const name = job?.metadata.name ?? '';
  try {
    await kubectl.text(['create', '-n', namespace, '-f', '-', '-o', 'name'], JSON.stringify(job));
    onStart(name);
    const patience = new Patience();
    const problem = await waitForEnd(run, name, patience);
    const log = ['logs', '-n', namespace, `job/${name}`, '-c', scriptOf(expected)?.name ?? ''];
    return await patience
      .untilRead(() => kubectl.text(log), signal)
      .then((text) => ({ log: text, problem }))
      .catch((error: unknown) => ({ log: '', problem: problem ?? unread(desired, name, error) }));
  } finally {
    const deletion = ['delete', 'job', name, '-n', namespace, '--ignore-not-found', '--wait=false'];
    await kubectl.run([...deletion, '--request-timeout=10s']);
  }
}

/** Under a name that is known before it exists: an interrupted run deletes it too. Without the annotations by which Argo CD takes a Job for its own. */
function ofThisRun({ apiVersion, kind, metadata, spec }: Manifest) {
  const { namespace, labels } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { name: `${metadata.name}-${randomUUID().slice(0, 8)}`, namespace, labels },
    spec,
  };
}

function unread(desired: DesiredState, name: string, error: unknown): Finding {
  if (!(error instanceof KubectlError)) throw error;
  return failed(desired, name, `its log cannot be read: ${reasonOf(error)}`);
}

/** A Job of the cluster. */
export interface LiveJob extends Meta {
  readonly spec?: { readonly activeDeadlineSeconds?: number };
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
  { kubectl, desired, signal }: TestRun,
  name: string,
  patience: Patience,
): Promise<Finding | null> {
  const started = Date.now();
  for (;;) {
    const [job, state] = await patience.untilRead(
      () =>
        Promise.all([
          kubectl.json<LiveJob>(['get', 'job', name, '-n', desired.namespace]),
          readState(kubectl, desired),
        ]),
      signal,
    );
    const end = endOf(desired, job, state, (Date.now() - started) / 1000);
    if (end !== null) return end.problem;
    await pause(1, signal);
  }
}

/**
 * How a run has ended.
 * @param seconds since it was created
 * @returns what kept it from running to its end, if anything did; null while it runs
 */
export function endOf(
  desired: DesiredState,
  { metadata: { name }, spec, status }: LiveJob,
  state: State,
  seconds: number,
): { readonly problem: Finding | null } | null {
  const ended = status?.conditions?.find(
    ({ type, status: isSo }) => ['Complete', 'Failed'].includes(type) && isSo === 'True',
  );
  if (ended?.reason === 'DeadlineExceeded') return { problem: failed(desired, name, ended.message ?? ended.reason) };
  const pod = state.pods.find(({ metadata }) => metadata.labels?.['batch.kubernetes.io/job-name'] === name);
  if (ended !== undefined) return { problem: endedEarly(desired, name, pod) };
  // A pod ends some seconds before its Job has the condition.
  const waits = (pod?.status?.phase ?? 'Pending') === 'Pending';
  // An event of a pod that could not be created says nothing once there is one.
  const isRefused = pod === undefined && refusedOf(name, state) !== undefined;
  if (isRefused || (waits && seconds > START_SECONDS)) return { problem: notStarted(desired, name, pod, state) };
  const latest = (spec?.activeDeadlineSeconds ?? 0) + END_SECONDS;
  if (seconds > latest) return { problem: failed(desired, name, `it has not ended after ${latest} s`) };
  return null;
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
