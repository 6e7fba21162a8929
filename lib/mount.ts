import type { ApiObject } from 'cdk8s';
import { k8s } from './k8s';

/** A volume and its mount. */
export interface Mount {
  /** Name of the volume, unique in the pod. */
  readonly name: string;
  /** Absolute path in the container. */
  readonly path: string;
  /** The source of the volume: one of the source fields; null: a claim from the StatefulSet's template. */
  readonly source: Omit<k8s.Volume, 'name'> | null;
  /** The claim template of a StatefulSet; undefined: none. */
  readonly claimEach?: ClaimEach;
  readonly readOnly: boolean;
}

/** A claim template of a StatefulSet. */
export interface ClaimEach {
  /** Size, as `10Gi`. */
  readonly size: string;
  /** StorageClass; null: the cluster's default. */
  readonly className: string | null;
}

/** A claim, for data that must outlive the pod. */
export const claimMount = (name: string, path: string, claimName: string): Mount => ({
  name,
  path,
  source: { persistentVolumeClaim: { claimName } },
  readOnly: false,
});

/**
 * A folder of files from ConfigMaps. It is a folder, because a file that is mounted by `subPath` is never updated in a running pod
 * (https://kubernetes.io/docs/concepts/configuration/configmap/).
 */
export class ConfigFolder {
  readonly #entries: { readonly configMap: ApiObject; readonly folder: string | undefined }[] = [];
  readonly mount: Mount;

  /** @param restart is called with each ConfigMap whose change must restart the pod */
  constructor(
    name: string,
    readonly path: string,
    readonly restart: (configMap: ApiObject) => void,
  ) {
    const source = () => this.#source();
    this.mount = {
      name,
      path,
      readOnly: true,
      get source() {
        return source();
      },
    };
  }

  /** Adds the files of a ConfigMap that the program reads only at its start: a change restarts the pod. */
  addForStart(configMap: ApiObject, folder?: string): void {
    this.add(configMap, folder);
    this.restart(configMap);
  }

  /**
   * Adds the files of a ConfigMap that the program reloads by itself when they change.
   * @param folder sub-folder for them. @default - none
   */
  add(configMap: ApiObject, folder?: string): void {
    this.#entries.push({ configMap, folder });
  }

  #source(): Omit<k8s.Volume, 'name'> {
    const [first, ...others] = this.#entries;
    if (first !== undefined && first.folder === undefined && others.length === 0)
      return { configMap: { name: first.configMap.name } };
    const sources = this.#entries.map(({ configMap, folder }) => ({
      configMap: { name: configMap.name, ...(folder !== undefined && { items: itemsBelow(folder, configMap) }) },
    }));
    return { projected: { sources } };
  }
}

const itemsBelow = (folder: string, configMap: ApiObject): k8s.KeyToPath[] =>
  Object.keys(configMap.toJson().data).map((key) => ({ key, path: `${folder}/${key}` }));

/**
 * Keys of a Secret as files; its other keys stay outside the container. With an optional Secret, a missing key is simply no file. Otherwise
 * the pod does not start, and its event names the missing key.
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

/**
 * An emptyDir for temporary files, with a limit in mebibytes. It counts toward the pod's ephemeral storage, or toward its memory if it is
 * in memory.
 */
export const scratchMount = (name: string, path: string, mebibytes: number, medium: '' | 'Memory' = ''): Mount => ({
  name,
  path,
  source: {
    emptyDir: { sizeLimit: k8s.Quantity.fromString(`${mebibytes}Mi`), ...(medium === '' ? {} : { medium }) },
  },
  readOnly: false,
});

/**
 * A token for the API server, for programs that discover pods. It is a projected token, which expires and has an audience. Only pods that
 * mount it here have one: automatic mounting is off for ServiceAccounts and pods.
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
