/** Versions: of this project, kubectl, the API server, the nodes and the images that run. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { version as nodeVersion } from 'node:process';
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import type { Meta, Pod } from '../objects';
import { listIn, placesOf } from '../state';
import type { Item } from './item';

interface Node extends Meta {
  readonly status?: {
    readonly nodeInfo?: Readonly<Record<string, string>>;
    readonly capacity?: Readonly<Record<string, string>>;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** Of a node's information, what says what runs on it. Its ids identify the machine. */
const OF_NODE = [
  'architecture',
  'operatingSystem',
  'osImage',
  'kernelVersion',
  'containerRuntimeVersion',
  'kubeletVersion',
];

/** The items about versions. */
export const versions = (kubectl: Kubectl, { config }: Expected): Item[] => [
  {
    path: 'versions/project.yaml',
    about: 'versions of this project, Node.js, the API server and kubectl',
    read: async () => ({
      'cdk8s-observability': projectVersion(),
      environment: config.environment,
      node: nodeVersion,
      kubernetes: await kubectl.json<object>(['version']),
    }),
  },
  {
    path: 'versions/images.yaml',
    about: 'images that run, with their digests',
    read: async () => {
      const pods = await listIn<Pod>(kubectl, placesOf(config), 'pods');
      return Object.fromEntries(pods.map(({ metadata, status = {} }) => [metadata.name, imagesOf(status)]));
    },
  },
  {
    path: 'versions/nodes.yaml',
    about: 'nodes: versions, size, conditions',
    read: async () => (await kubectl.list<Node>('nodes')).map(aboutNode),
  },
];

/** The version in package.json, beside the folder of the program that runs (`.build`). */
function projectVersion(): string {
  const file = join(dirname(process.argv[1] ?? ''), '../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

type Statuses = NonNullable<Pod['status']>;

function imagesOf({ initContainerStatuses = [], containerStatuses = [] }: Statuses): object {
  type WithImage = { readonly name: string; readonly image?: string; readonly imageID?: string };
  const all = [...initContainerStatuses, ...containerStatuses] as readonly WithImage[];
  return Object.fromEntries(all.map(({ name, image = '', imageID = '' }) => [name, { image, id: imageID }]));
}

function aboutNode({
  metadata: { name, creationTimestamp },
  status: { nodeInfo = {}, capacity = {}, conditions = [] } = {},
}: Node) {
  return {
    name,
    created: creationTimestamp,
    ...Object.fromEntries(OF_NODE.map((key) => [key, nodeInfo[key] ?? ''])),
    capacity,
    conditions: Object.fromEntries(conditions.map(({ type, status }) => [type, status])),
  };
}
