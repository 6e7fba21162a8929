import type { ApiObject } from 'cdk8s';
import { k8s } from './k8s';

/** Something that a container sees below a path. */
export interface Mount {
  /** Name of the volume, unique in the pod. */
  readonly name: string;
  /** Absolute path in the container. */
  readonly path: string;
  /** What is mounted: one of the source fields of a volume. */
  readonly source: Omit<k8s.Volume, 'name'>;
  readonly readOnly: boolean;
}

/** A claim, for what must outlive the pod. */
export const claimMount = (name: string, path: string, claimName: string): Mount => ({
  name,
  path,
  source: { persistentVolumeClaim: { claimName } },
  readOnly: false,
});

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

/** Files of ConfigMaps in sub-folders of one folder: folder to the names of files to the ConfigMap that holds them. */
export const folderMount = (name: string, path: string, folders: Readonly<Record<string, ApiObject>>): Mount => ({
  name,
  path,
  source: {
    projected: {
      sources: Object.entries(folders).map(([folder, configMap]) => ({
        configMap: {
          name: configMap.name,
          items: Object.keys(configMap.toJson().data).map((key) => ({ key, path: `${folder}/${key}` })),
        },
      })),
    },
  },
  readOnly: true,
});

/** A Secret's keys as files. An optional Secret that does not exist is an empty folder. */
export const secretMount = (name: string, path: string, secretName: string, optional: boolean): Mount => ({
  name,
  path,
  source: { secret: { secretName, optional, defaultMode: 0o440 } },
  readOnly: true,
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
