/** Says what is wrong with a stack, why, and what to do next, from what the API server says. It asks nobody and changes nothing. */
import { ADMIN_SECRET } from './admin-secret';
import type { Commands } from './commands';
import { claimFindings } from './diagnose-claim';
import { newest, waitAgain } from './diagnose-container';
import { isHealthy, podFinding } from './diagnose-pod';
import type { Finding, Wanted } from './diagnosis';
import type { Claim, Controller } from './objects';
import { createSecret, type SecretUse } from './secrets';
import { isReady, podsOf, type State } from './state';

/** Every sick part; none: all is well. */
export function diagnose(wanted: Wanted, state: State): Finding[] {
  const controllers = wanted.controllers.flatMap((entry) => controllerFindings(wanted.commands, entry, state));
  const claims = wanted.claims.flatMap((name) => claimFindings(wanted, name, state));
  const secrets = [...wanted.secrets].flatMap(([secret, use]) =>
    state.secrets.has(secret) ? [] : [secretFinding(wanted, secret, use)],
  );
  const password = state.claims.flatMap((claim) => passwordFindings(wanted.commands, claim, state));
  // A pod that waits for a claim or a Secret says nothing new.
  const roots = [...claims, ...secrets, ...password];
  const said = new Set(roots.map(({ part }) => part.replace(/^.*\//, '')));
  return [...roots, ...controllers.filter(({ cause }) => ![...said].some((name) => cause.includes(`"${name}"`)))];
}

const secretFinding = ({ commands, namespace }: Wanted, secret: string, use: SecretUse): Finding => ({
  part: `Secret/${secret}`,
  cause: `it does not exist, and the pods of ${use.users.join(', ')} cannot start without it; those that run go on until they restart`,
  next: `${createSecret(commands, namespace, secret, use)}; for the one of Grafana's administrator: ${commands.make('monitor-up')}`,
});

/** Grafana runs on without the Secret, which it mounts if it is there; but nobody can read its password any more. */
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
      cause: "it does not exist, and it holds the password that Grafana's database was made with",
      next: `GRAFANA_ADMIN_PASSWORD=... ${make('monitor-up')} makes it anew, and says how to set that password in Grafana`,
    },
  ];
}

function controllerFindings(commands: Commands, entry: Wanted['controllers'][number], state: State): Finding[] {
  const { make } = commands;
  const part = `${entry.kind}/${entry.name}`;
  const found = state.controllers.find(({ kind, metadata }) => kind === entry.kind && metadata.name === entry.name);
  if (found === undefined) return [{ part, cause: 'it does not exist', next: make('monitor-up') }];
  const replicas = found.spec.replicas ?? 1;
  if (entry.replicas !== null && replicas < entry.replicas) {
    const cause = replicas === 0 ? 'it is scaled to zero' : `it is scaled to ${replicas} of ${entry.replicas}`;
    return [{ part, cause, next: `${make('monitor-up')}, which sets it to ${entry.replicas} again` }];
  }
  if (isReady(found)) return [];
  const pods = podsOf(state, found);
  if (pods.length < replicas && pods.every(isHealthy)) return [fewPods(commands, part, found, pods.length, state)];
  const findings = onceEach(
    pods.map((pod) => ({ name: pod.metadata.name, finding: podFinding(commands, part, pod, state) })),
  );
  if (findings.length > 0) return findings;
  return [{ part, cause: 'a new version is being rolled out', next: waitAgain(commands) }];
}

/** Pods of one workload mostly suffer from the same: that is said once, of the first. */
function onceEach(found: readonly { readonly name: string; readonly finding: Finding | undefined }[]): Finding[] {
  const alike = new Map<string, { readonly first: Finding; readonly others: string[] }>();
  for (const { name, finding } of found) {
    if (finding === undefined) continue;
    const key = finding.cause.replaceAll(name, '');
    const group = alike.get(key);
    if (group === undefined) alike.set(key, { first: finding, others: [] });
    else group.others.push(name);
  }
  return [...alike.values()].map(({ first, others }) =>
    others.length === 0 ? first : { ...first, cause: `${first.cause} (and ${others.join(', ')} likewise)` },
  );
}

/** No pod was made: an admission refused it, a quota is full. The event is on the workload, or on the Deployment's ReplicaSet. */
function fewPods(commands: Commands, part: string, { metadata }: Controller, count: number, state: State): Finding {
  const event = newest(
    state.events.filter(
      ({ reason, involvedObject: { name } }) =>
        reason === 'FailedCreate' && (name === metadata.name || name.startsWith(`${metadata.name}-`)),
    ),
  );
  if (event === undefined) {
    return {
      part,
      cause: `${count} pods are there, and more are wanted`,
      next: waitAgain(commands),
    };
  }
  const message = event.message ?? '';
  const next = /quota/i.test(message)
    ? 'raise the ResourceQuota of the namespace, or lower resources in the environment file'
    : `undo the change that the message names; ${commands.make('monitor-up')} restores what is rendered`;
  return { part, cause: `pods cannot be created: ${message}`, next };
}
