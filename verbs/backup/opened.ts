/** Opens a copy of data with the real program, in a pod of its own that nothing sends to: only then does a backup count. */
import { PORTS } from '../../lib/endpoint';
import { onNodeOf } from '../../lib/placement';
import { CONTAINER_SECURITY } from '../../lib/pod-security';
import { asking } from './ask';
import { claimLabel, type HelperContext, placedAs, podLabelsIn, removePod, waitForPod } from './helper';
import { STAGE } from './scripts';
import type { Program, RenderedContainer, Store } from './stores';

/** What the program said about the data that it opened. */
export interface Opened {
  /** One line for people: what was found in it. */
  readonly summary: string;
  /** Prometheus: how many blocks it has loaded; null: another program. */
  readonly blocks: number | null;
}

/** How a program opens a copy. */
interface Opener {
  /** The arguments, where the program's own would let it do more than open the data. */
  readonly args: (own: readonly string[]) => readonly string[];
  readonly port: number;
  readonly readyPath: string;
  readonly ask: (ask: (path: string) => Promise<string>) => Promise<Opened>;
}

/** No target is scraped, no rule is evaluated, nothing is sent, and no block is too old. */
const PROMETHEUS: Opener = {
  args: (own) => [
    '--config.file=/dev/null',
    ...own.filter((arg) => arg.startsWith('--storage.tsdb.path=')),
    '--storage.tsdb.retention.time=100y',
  ],
  port: PORTS.prometheus.port,
  readyPath: '/-/ready',
  ask: async (ask) => {
    const status = JSON.parse(await ask('/api/v1/status/tsdb')) as {
      data: { headStats: { numSeries: number } };
    };
    const [, blocks = '0'] = /^prometheus_tsdb_blocks_loaded (\d+)/m.exec(await ask('/metrics')) ?? [];
    const { numSeries } = status.data.headStats;
    return { summary: `${blocks} blocks, ${numSeries} series in the WAL`, blocks: Number(blocks) };
  },
};

const JAEGER: Opener = {
  args: (own) => own,
  port: PORTS.jaegerQuery.port,
  readyPath: '/',
  ask: async (ask) => {
    const { data } = JSON.parse(await ask('/api/services')) as { data: readonly string[] | null };
    return { summary: `spans of ${data?.length ?? 0} services`, blocks: null };
  },
};

/** The programs that open their copies this way. Grafana's database is checked by SQLite: a second Grafana would send notifications. */
const OPENERS: Readonly<Partial<Record<Program, Opener>>> = { prometheus: PROMETHEUS, jaeger: JAEGER };

/** Whether a program opens its copy. */
export const isOpened = (program: Program): boolean => OPENERS[program] !== undefined;

function openerPod({ config: { namespace } }: HelperContext, name: string, store: Store, opener: Opener): object {
  const { securityContext, containers, volumes = [] } = store.pod;
  const [main] = containers;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: podLabelsIn(namespace) },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 30,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext,
      ...placedAs(store.pod),
      affinity: onNodeOf(claimLabel(store.claim)),
      containers: [containerOf(main, store, opener)],
      // The token for the API server is left out, as are the claims of other pods.
      volumes: [
        ...volumes.filter((volume) => volume.persistentVolumeClaim === undefined && !('projected' in volume)),
        ...volumes.filter((volume) => 'projected' in volume && isMounted(main, volume.name)),
        { name: store.volume, persistentVolumeClaim: { claimName: store.claim } },
      ].filter(({ name: volume }) => isMounted(main, volume)),
    },
  };
}

const isMounted = ({ volumeMounts = [] }: RenderedContainer, volume: string) =>
  volumeMounts.some(({ name }) => name === volume);

/** The program's container on the copy. It asks for little, because the program runs beside it. */
function containerOf(main: RenderedContainer, { volume }: Store, { args, port, readyPath }: Opener): object {
  const { name, image, env = [], resources, volumeMounts = [] } = main;
  const mounts = volumeMounts.map((mount) => (mount.name === volume ? { ...mount, subPath: STAGE } : mount));
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    args: args(main.args ?? []),
    env,
    resources: {
      requests: { cpu: '10m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
      limits: resources?.limits ?? {},
    },
    securityContext: CONTAINER_SECURITY,
    volumeMounts: mounts,
    readinessProbe: { httpGet: { path: readyPath, port }, periodSeconds: 1, failureThreshold: 600 },
  };
}

/**
 * Opens the copy on the claim. The program may change it: it must have been read before.
 * @throws VerbError with the end of the program's log if it does not open it
 */
export async function openCopy(context: HelperContext, store: Store): Promise<Opened> {
  const opener = OPENERS[store.program];
  if (opener === undefined) throw new Error(`${store.program} opens no copies`);
  const { kubectl, config, signal } = context;
  const pod = `opened-${store.claim}`;
  try {
    await kubectl.text(['apply', '-f', '-'], JSON.stringify(openerPod(context, pod, store, opener)));
    await waitForPod(context, pod, `${store.program} on the copy of ${store.claim}`);
    const target = { namespace: config.namespace, pod, port: opener.port };
    return await asking(kubectl, target, signal, opener.ask);
  } finally {
    await removePod(kubectl, config.namespace, pod);
  }
}
