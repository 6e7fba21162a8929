import type { ApiObject } from 'cdk8s';
import { k8s } from './k8s';
import type { SecretKey } from './secret-key';

/** Something that a container sees below a path. */
export interface Mount {
  /** Name of the volume, unique in the pod. */
  readonly name: string;
  /** Absolute path in the container. */
  readonly path: string;
  /** What is mounted: one of the source fields of a volume; null: the claim that each pod has of its own. */
  readonly source: Omit<k8s.Volume, 'name'> | null;
  /** The claim that each pod gets of its own; undefined: none. */
  readonly claimEach?: ClaimEach;
  readonly readOnly: boolean;
}

/** A claim of a StatefulSet's pod. */
export interface ClaimEach {
  /** Size, as `10Gi`. */
  readonly size: string;
  /** StorageClass; null: the cluster's default. */
  readonly className: string | null;
}

/** A claim, for what must outlive the pod. */
export const claimMount = (name: string, path: string, claimName: string): Mount => ({
  name,
  path,
  source: { persistentVolumeClaim: { claimName } },
  readOnly: false,
});

/**
 * Room that outlives the pod: for one replica a claim that is rendered apart, for more a claim of each pod's own.
 * @param claimName the claim for one replica
 */
export const stateMount = (replicas: number, name: string, path: string, claimName: string, each: ClaimEach): Mount =>
  replicas === 1 ? claimMount(name, path, claimName) : { name, path, source: null, claimEach: each, readOnly: false };

/**
 * The files of one or more ConfigMaps in one folder. A folder, not single files: a file mounted by `subPath` never changes
 * again in a running pod (https://kubernetes.io/docs/concepts/configuration/configmap/).
 */
export const filesMount = (name: string, path: string, configMaps: readonly ApiObject[]): Mount => ({
  name,
  path,
  source:
    configMaps.length === 1
      ? { configMap: { name: configMaps[0]?.name } }
      : { projected: { sources: configMaps.map((configMap) => ({ configMap: { name: configMap.name } })) } },
  readOnly: true,
});

/** Files of ConfigMaps in sub-folders of one folder: folder to the ConfigMaps that hold them. */
export const folderMount = (
  name: string,
  path: string,
  folders: Readonly<Record<string, readonly ApiObject[]>>,
): Mount => ({
  name,
  path,
  source: {
    projected: {
      sources: Object.entries(folders).flatMap(([folder, configMaps]) =>
        configMaps.map((configMap) => ({
          configMap: {
            name: configMap.name,
            items: Object.keys(configMap.toJson().data).map((key) => ({ key, path: `${folder}/${key}` })),
          },
        })),
      ),
    },
  },
  readOnly: true,
});

/**
 * Keys of a Secret as files; its other keys stay outside the container. Of an optional Secret, what does not exist is no file;
 * of another, the pod does not start, and its event names the missing key.
 */
export const secretMount = (
  name: string,
  path: string,
  secretName: string,
  keys: readonly string[],
  { optional = false } = {},
): Mount => ({
  name,
  path,
  source: { secret: { secretName, items: keys.map((key) => ({ key, path: key })), optional, defaultMode: 0o440 } },
  readOnly: true,
});

/** One key of a Secret as a file. */
export interface SecretFile {
  /** Path of the file in the container. */
  readonly path: string;
  readonly mount: Mount;
}

/** One key of a Secret as a file, in a folder of its own below another. */
export const secretFile = (folder: string, name: string, { name: secretName, key }: SecretKey): SecretFile => ({
  path: `${folder}/${name}/${key}`,
  mount: secretMount(name, `${folder}/${name}`, secretName, [key]),
});

/** Room for temporary files, with a limit in mebibytes; it counts against the pod's ephemeral storage, or in memory against its memory. */
export const scratchMount = (name: string, path: string, mebibytes: number, medium: '' | 'Memory' = ''): Mount => ({
  name,
  path,
  source: {
    emptyDir: { sizeLimit: k8s.Quantity.fromString(`${mebibytes}Mi`), ...(medium === '' ? {} : { medium }) },
  },
  readOnly: false,
});

/**
 * A token for the API server, for programs that discover pods. It is the projected form that expires and names its
 * audience, and only pods that mount it here have one: ServiceAccounts and pods otherwise mount none.
 */
export const API_TOKEN: Mount = {
  name: 'api-token',
  path: '/var/run/secrets/kubernetes.io/serviceaccount',
  source: {
    projected: {
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardApi: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  },
  readOnly: true,
};
