/** The objects of the cluster, without the values of Secrets. */

import type { Manifest } from '../../stack/checks/manifest';
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import type { ClusterEvent, Meta } from '../objects';
import { ofStack } from '../ownership';
import { placesOf } from '../state';
import { ANNOTATION_OF_APPLY, eventLine } from './event-lines';
import type { Item } from './item';

type Live = Meta & { readonly kind: string; readonly apiVersion: string };

/** Kinds in the stack's namespace that it does not render, and that say what became of it. */
const MADE = ['Pod', 'ReplicaSet.v1.apps', 'Job.v1.batch', 'EndpointSlice.v1.discovery.k8s.io'];
/** What may restrict it. */
const RESTRICTING = ['ResourceQuota', 'LimitRange'];

/** A kind as kubectl takes it: `Deployment.v1.apps`. */
const kindOf = ({ apiVersion, kind }: Manifest): string => {
  const [group = '', version] = apiVersion.split('/');
  return version === undefined ? kind : `${kind}.${version}.${group}`;
};

/** Secrets have a file of their own, without values. */
const isNoSecret = ({ kind }: Manifest): boolean => kind !== 'Secret';

/** A list of objects that one request reads. */
interface Listing {
  readonly kind: string;
  readonly folder: string;
  readonly options: readonly string[];
}

function listingsOf({ config, keep, workloads, outside }: Expected): Listing[] {
  const rendered = [...keep, ...workloads];
  const kinds = (objects: readonly Manifest[]) => [...new Set(objects.filter(isNoSecret).map(kindOf))];
  const selected = ['-l', ofStack(config.namespace)];
  const inNamespace = ({ metadata }: Manifest) => metadata.namespace !== undefined;
  const { namespace, extra } = placesOf(config);
  const namespaced = rendered.filter(inNamespace);
  return [
    ...[...new Set([...kinds(namespaced), ...MADE, ...RESTRICTING])].map((kind) => ({
      kind,
      folder: namespace,
      options: ['-n', namespace],
    })),
    ...extra.flatMap((place) =>
      [...kinds(namespaced.filter(({ metadata }) => metadata.namespace === place)), 'Pod'].map((kind) => ({
        kind,
        folder: place,
        options: ['-n', place, ...selected],
      })),
    ),
    ...outside.flatMap((place) =>
      kinds(place.objects).map((kind) => ({
        kind,
        folder: place.namespace,
        options: ['-n', place.namespace, ...selected],
      })),
    ),
    ...kinds(rendered.filter((object) => !inNamespace(object))).map((kind) => ({
      kind,
      folder: 'cluster',
      options: selected,
    })),
    { kind: 'StorageClass.v1.storage.k8s.io', folder: 'cluster', options: [] },
  ];
}

/** The items of the live objects: one file for each kind. */
export const liveObjects = (kubectl: Kubectl, expected: Expected): Item[] =>
  listingsOf(expected).map(({ kind, folder, options }) => ({
    path: `live/${folder}/${kind}.yaml`,
    about: `${kind.split('.')[0]} objects`,
    read: async () => (await kubectl.list<Live>(kind, ...options)).map(essential).sort(byName),
  }));

/** Without what the API server notes for itself, and without the copy of the object that `kubectl apply` keeps. */
function essential(object: Live): object {
  const {
    managedFields: _managed,
    annotations = {},
    ...metadata
  } = object.metadata as Live['metadata'] & {
    readonly managedFields?: unknown;
  };
  const { [ANNOTATION_OF_APPLY]: _applied, ...others } = annotations;
  return { ...object, metadata: { ...metadata, ...(Object.keys(others).length > 0 && { annotations: others }) } };
}

const byName = (one: object, other: object) => ((one as Meta).metadata.name < (other as Meta).metadata.name ? -1 : 1);

/** The items of the rendered objects: what `make synth` writes. */
export const renderedObjects = ({ keep, workloads, outside }: Expected): Item[] => [
  ...rendered('keep', keep),
  ...rendered('workloads', workloads),
  ...outside.flatMap(({ namespace, objects }) => rendered(namespace, objects)),
];

function rendered(folder: string, objects: readonly Manifest[]): Item[] {
  return [...new Set(objects.filter(isNoSecret).map(({ kind }) => kind))].map((kind) => ({
    path: `rendered/${folder}/${kind}.yaml`,
    about: `${kind} objects as they are rendered`,
    read: () => objects.filter((object) => object.kind === kind),
  }));
}

/** The items of the events: one file for each namespace. */
export const events = (kubectl: Kubectl, { config }: Expected): Item[] => {
  const { namespace, extra } = placesOf(config);
  return [namespace, ...extra].map((place) => ({
    path: `events/${place}.txt`,
    about: 'events, the oldest first',
    read: async () => (await kubectl.list<ClusterEvent>('events', '-n', place)).map(eventLine).sort().join(''),
  }));
};
