/** Reads the workloads that send telemetry, with the variables that they have. Values of Secrets are not read. */
import type { Meta } from '../../objects';
import type { DesiredState } from '../desired-state';
import type { Reader } from '../reader';
import type { Survey } from '../survey';
import { type AnyWorkload, type SenderWorkload, type Sources, sendersOf, sourcesOf } from './workload';

const UNCHECKED = 'workloads that send telemetry';
const KINDS = 'deployments,statefulsets,daemonsets';

/** The senders of all namespaces, or of those that the environment names if the permission for all is missing. */
export async function readSenders(
  reader: Reader,
  { namespace, sending }: DesiredState,
): Promise<Pick<Survey, 'senders' | 'services'>> {
  const all = await reader.list<AnyWorkload>(
    { resource: KINDS, namespace: null, unchecked: UNCHECKED },
    '--all-namespaces',
  );
  const workloads = (all ?? (await ofNamespaces(reader, sending))).filter(
    (one) => one.metadata.namespace !== namespace,
  );
  const services = await reader.text(
    { resource: 'services', namespace: null, unchecked: 'whether the Services that senders name exist' },
    [
      'get',
      'services',
      '--all-namespaces',
      '-o',
      'go-template={{range .items}}{{.metadata.namespace}}/{{.metadata.name}}\n{{end}}',
    ],
  );
  const sources = await readSources(reader, workloads);
  return {
    senders: workloads.flatMap((workload): SenderWorkload[] => sendersOf(workload, sources)),
    services: services === null ? null : new Set(services.split('\n').filter((line) => line !== '')),
  };
}

async function ofNamespaces(reader: Reader, names: readonly string[]): Promise<readonly AnyWorkload[]> {
  const lists = await Promise.all(
    names.map((namespace) => reader.list<AnyWorkload>({ resource: KINDS, namespace, unchecked: UNCHECKED })),
  );
  return lists.flatMap((list) => list ?? []);
}

/** Whether a workload may have such variables: most have none, and what they refer to is not read. */
const isCandidate = ({ spec }: AnyWorkload): boolean =>
  spec.template.spec.containers.some(
    ({ env = [], envFrom = [] }) => envFrom.length > 0 || env.some(({ name }) => name.startsWith('OTEL_')),
  );

/** The ConfigMaps that variables come from, and the names of the keys of such Secrets. */
async function readSources(reader: Reader, workloads: readonly AnyWorkload[]): Promise<Sources> {
  const found = workloads.filter(isCandidate).map(sourcesOf);
  const [configMaps, secretKeys] = await Promise.all([
    readEach(
      found.flatMap((sources) => sources.configMaps),
      (namespace, name) => readConfigMap(reader, namespace, name),
    ),
    readEach(
      found.flatMap((sources) => sources.secrets),
      (namespace, name) => readKeys(reader, namespace, name),
    ),
  ]);
  return { configMaps, secretKeys };
}

async function readEach<T>(
  paths: readonly string[],
  read: (namespace: string, name: string) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  const entries = [...new Set(paths)].map(async (path) => {
    const [namespace = '', name = ''] = path.split('/');
    return [path, await read(namespace, name)] as const;
  });
  return new Map(await Promise.all(entries));
}

async function readConfigMap(reader: Reader, namespace: string, name: string): Promise<Record<string, string> | null> {
  const wanted = { resource: 'configmaps', namespace, unchecked: `the variables of ConfigMap ${name}` };
  const args = ['get', 'configmap', name, '-n', namespace, '--ignore-not-found', '-o', 'json'];
  const text = await reader.text(wanted, args);
  if (text === null) return null;
  return text === '' ? {} : ((JSON.parse(text) as Meta & { data?: Record<string, string> }).data ?? {});
}

async function readKeys(reader: Reader, namespace: string, name: string): Promise<readonly string[] | null> {
  const wanted = { resource: 'secrets', namespace, unchecked: `the names of the variables of Secret ${name}` };
  const template = 'go-template={{range $key, $value := .data}}{{$key}} {{end}}';
  const args = ['get', 'secret', name, '-n', namespace, '--ignore-not-found', '-o', template];
  return (await reader.text(wanted, args))?.split(' ').filter((key) => key !== '') ?? null;
}
