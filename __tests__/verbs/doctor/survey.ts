/** A healthy survey of an environment, as an API server would give it, for tests that change one thing in it. */
import type { Manifest } from '../../../stack/checks/manifest';
import type { Config } from '../../../stack/config';
import { DOCUMENTED } from '../../../verbs/commands';
import { type DesiredState, desiredState } from '../../../verbs/doctor/desired-state';
import { diagnose } from '../../../verbs/doctor/diagnose';
import { addressEnd, type End } from '../../../verbs/doctor/ends';
import { type AnyWorkload, type Sources, sendersOf } from '../../../verbs/doctor/senders/workload';
import { NO_SERIES } from '../../../verbs/doctor/series';
import type { LiveObject, Neighbour, Survey } from '../../../verbs/doctor/survey';
import { controllersOf, expectedOf } from '../../../verbs/expected';
import type { Claim, Controller, Meta, Pod } from '../../../verbs/objects';
import { configFrom } from '../../support';

/** An environment, what is desired of it, and its healthy survey. */
export interface Scene {
  readonly config: Config;
  readonly desired: DesiredState;
  readonly survey: Survey;
}

/** The scene of an environment file's text. Jan Server's namespace exists, and is empty. */
export function sceneOf(text = ''): Scene {
  const config = configFrom(text);
  const expected = expectedOf(config);
  const desired = desiredState(expected, DOCUMENTED);
  const live = (object: Manifest) => JSON.parse(JSON.stringify(object)) as LiveObject;
  const controllers = controllersOf(expected).map((manifest) => withStatus(live(manifest) as Meta as Controller));
  const survey: Survey = {
    controllers,
    pods: controllersOf(expected).map((manifest) => podOfWorkload(live(manifest), config.namespace)),
    claims: desired.claims.map(
      ({ name, className, size }): Claim => ({
        metadata: { name },
        spec: {
          ...(className !== null && { storageClassName: className }),
          resources: { requests: { storage: size } },
        },
        status: { phase: 'Bound', capacity: { storage: size } },
      }),
    ),
    events: [],
    secrets: new Map([...desired.secrets].map(([name, { keys }]) => [name, { keys, created: TIME, written: TIME }])),
    classes: null,
    objects: desired.objects.map(live),
    foreignPods: [],
    logs: new Map(),
    series: NO_SERIES,
    senders: [],
    neighbours: new Map(expected.outside.map(({ namespace, objects }) => [namespace, neighbour(namespace, objects)])),
    services: new Set([`${config.namespace}/otel-collector`, `${config.namespace}/jaeger`]),
    policies: desired.objects.filter(({ kind }) => kind === 'NetworkPolicy').map((object) => live(object) as never),
    labels: { 'kubernetes.io/metadata.name': config.namespace },
    nameServers: [
      { end: DNS, port: 53 },
      ...['169.254.20.10', '10.96.0.10'].map((ip) => ({ end: addressEnd('DNS', ip), port: 53 })),
    ],
    otherPolicies: new Set(),
    leases: [],
    refused: [],
  };
  return { config, desired, survey };
}

/** A DNS pod. */
export const DNS: End = {
  name: 'DNS',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  namespaceLabels: { name: 'kube-system' },
  ip: '10.0.0.53',
  portNames: { dns: 53 },
  isOnHost: false,
  isKnown: true,
};

/** When everything was made. */
export const TIME = '2026-01-31T12:00:00Z';

/** A namespace without pods. */
export const neighbour = (name: string, objects: readonly Manifest[]): Neighbour => ({
  name,
  labels: {},
  pods: [],
  services: [],
  rights: new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)),
});

function withStatus(controller: Controller): Controller {
  const { replicas = 1 } = controller.spec;
  return { ...controller, status: { replicas, updatedReplicas: replicas, readyReplicas: replicas } };
}

interface Template {
  readonly metadata: Pick<Meta['metadata'], 'labels'>;
  readonly spec: Pod['spec'];
}

/** The first pod of a workload. */
function podOfWorkload({ metadata, spec, kind }: LiveObject, namespace: string): Pod {
  const { template } = spec as { readonly template: Template };
  const name = `${metadata.name}-5d9-x1`;
  const running = { running: { startedAt: TIME } };
  return {
    metadata: {
      name,
      namespace,
      uid: name,
      labels: template.metadata.labels ?? {},
      ownerReferences: [
        kind === 'Deployment' ? { kind: 'ReplicaSet', name: `${metadata.name}-5d9` } : { kind, name: metadata.name },
      ],
    },
    spec: { nodeName: 'node-1', ...template.spec },
    status: {
      phase: 'Running',
      podIP: '10.0.0.9',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: template.spec.containers.map((container) => ({
        name: container.name,
        ready: true,
        restartCount: 0,
        state: running,
      })),
    },
  };
}

/** Ids and objects of the findings, with one thing changed. */
export const named = (
  { desired, survey }: Scene,
  change: Partial<Survey> = {},
  debugging: readonly Manifest[] = [],
): readonly string[] =>
  diagnose(desired, { ...survey, ...change }, () => debugging).map(({ id, part }) => `${id} ${part}`);

const NOTHING: Sources = { configMaps: new Map(), secretKeys: new Map() };

/** A sender with variables. */
export function senderWith(
  env: Readonly<Record<string, string>>,
  {
    namespace = 'jan-server',
    name = 'app',
    container = 'app',
    labels = {},
  }: { namespace?: string; name?: string; container?: string; labels?: Readonly<Record<string, string>> } = {},
) {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
  const workload: AnyWorkload = {
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: container, env: variables }] } } },
  };
  return sendersOf(workload, NOTHING);
}

/** Changes one object of a scene; null: it does not exist. */
export const withObject =
  ({ survey }: Scene) =>
  (kind: string, name: string, change: object | null): Partial<Survey> => ({
    objects: (survey.objects ?? []).flatMap((object) =>
      object.kind !== kind || object.metadata.name !== name
        ? [object]
        : change === null
          ? []
          : [{ ...object, ...change }],
    ),
  });
