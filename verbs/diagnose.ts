/** Finds what is wrong with a stack, why, and what to do next, in the state that was read. It sends no request and changes nothing. */
import { ADMIN_SECRET } from './admin-secret';
import type { Commands } from './commands';
import { claimFindings } from './diagnose-claim';
import { newest, waitAgain } from './diagnose-container';
import { isHealthy, podFinding } from './diagnose-pod';
import type { DesiredState, Finding } from './finding';
import type { Claim, Controller } from './objects';
import { createSecret, type SecretUse } from './secrets';
import { isReady, podsOf, type State } from './state';

/** Every problem; an empty list means healthy. */
export function diagnose(desired: DesiredState, state: State): Finding[] {
  const controllers = desired.controllers.flatMap((entry) => controllerFindings(desired.commands, entry, state));
  const claims = desired.claims.flatMap((name) => claimFindings(desired, name, state));
  const secrets = [...desired.secrets].flatMap(([secret, use]) =>
    state.secrets.has(secret) ? [] : [secretFinding(desired, secret, use)],
  );
  const password = state.claims.flatMap((claim) => passwordFindings(desired.commands, claim, state));
  // A pod that waits for one of these claims or Secrets is not another problem.
  const causes = [...claims, ...secrets, ...password];
  const named = new Set(causes.map(({ part }) => part.replace(/^.*\//, '')));
  return [...causes, ...controllers.filter(({ cause }) => ![...named].some((name) => cause.includes(`"${name}"`)))];
}

const secretFinding = ({ commands, namespace }: DesiredState, secret: string, use: SecretUse): Finding => ({
  part: `Secret/${secret}`,
  cause: `it does not exist; new pods of ${use.users.join(', ')} cannot start without it, running pods continue until they restart`,
  next: `${createSecret(commands, namespace, secret, use)}; for the Secret of Grafana's administrator: ${commands.make('monitor-up')}`,
});

/** Grafana keeps running without the Secret, which is an optional mount. But its password can no longer be read. */
function passwordFindings(
  { make }: Commands,
  { metadata: { annotations = {} } }: Claim,
  { secrets }: State,
): Finding[] {
  const secret = annotations[ADMIN_SECRET];
  if (secret === undefined || secrets.has(secret)) return [];
  return [
    {
      part: `Secret/${secret}`,
      cause: "it does not exist, and it held the password with which Grafana's database was created",
      next: `GRAFANA_ADMIN_PASSWORD=... ${make('monitor-up')} recreates it, and prints how to set that password in Grafana`,
    },
  ];
}

function controllerFindings(commands: Commands, entry: DesiredState['controllers'][number], state: State): Finding[] {
  const { make } = commands;
  const part = `${entry.kind}/${entry.name}`;
  const found = state.controllers.find(({ kind, metadata }) => kind === entry.kind && metadata.name === entry.name);
  if (found === undefined) return [{ part, cause: 'it does not exist', next: make('monitor-up') }];
  const replicas = found.spec.replicas ?? 1;
  if (entry.replicas !== null && replicas < entry.replicas) {
    const cause = replicas === 0 ? 'it is scaled to zero' : `it is scaled to ${replicas} of ${entry.replicas}`;
    return [{ part, cause, next: `${make('monitor-up')}, which scales it back to ${entry.replicas}` }];
  }
  if (isReady(found)) return [];
  const pods = podsOf(state, found);
  if (pods.length < replicas && pods.every(isHealthy)) return [missingPods(commands, part, found, pods.length, state)];
  const findings = grouped(
    pods.map((pod) => ({ name: pod.metadata.name, finding: podFinding(commands, part, pod, state) })),
  );
  if (findings.length > 0) return findings;
  return [{ part, cause: 'a new version is being rolled out', next: waitAgain(commands) }];
}

/** Pods of one workload usually have the same problem: it is reported once, for the first pod. */
function grouped(found: readonly { readonly name: string; readonly finding: Finding | undefined }[]): Finding[] {
  const groups = new Map<string, { readonly first: Finding; readonly others: string[] }>();
  for (const { name, finding } of found) {
    if (finding === undefined) continue;
    const key = finding.cause.replaceAll(name, '');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: finding, others: [] });
    else group.others.push(name);
  }
  return [...groups.values()].map(({ first, others }) =>
    others.length === 0 ? first : { ...first, cause: `${first.cause} (also ${others.join(', ')})` },
  );
}

/** Pods were not created: admission rejected them, or a quota is full. The event is on the workload, or on the Deployment's ReplicaSet. */
function missingPods(commands: Commands, part: string, { metadata }: Controller, count: number, state: State): Finding {
  const event = newest(
    state.events.filter(
      ({ reason, involvedObject: { name } }) =>
        reason === 'FailedCreate' && (name === metadata.name || name.startsWith(`${metadata.name}-`)),
    ),
  );
  if (event === undefined) {
    return {
      part,
      cause: `only ${count} pods exist`,
      next: waitAgain(commands),
    };
  }
  const message = event.message ?? '';
  const next = /quota/i.test(message)
    ? 'raise the ResourceQuota of the namespace, or lower resources in the environment file'
    : `undo the change that the message names; ${commands.make('monitor-up')} restores what is rendered`;
  return { part, cause: `pods cannot be created: ${message}`, next };
}
