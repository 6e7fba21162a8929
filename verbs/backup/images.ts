/** The images that run, which may be others than those that are rendered: the environment file may have changed since. */
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import type { Controller, Pod } from '../objects';
import { ofStack } from '../state';
import type { RenderedContainer, Store } from './stores';

interface Live extends Controller {
  readonly spec: Controller['spec'] & {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}

const isOf =
  ({ spec }: Live) =>
  ({ metadata, status }: Pod): boolean =>
    status?.phase === 'Running' &&
    Object.entries(spec.selector.matchLabels).every(([name, value]) => metadata.labels?.[name] === value);

/** The image of each workload of the stack, by its name: that of its pod, or while it has none, that with which it would start one. */
export async function runningImages(
  kubectl: Kubectl,
  { config: { namespace } }: Expected,
): Promise<Readonly<Record<string, string>>> {
  const place = ['-n', namespace, '-l', ofStack(namespace)];
  const [workloads, pods] = await Promise.all([
    kubectl.list<Live>('deployments,statefulsets,daemonsets', ...place),
    kubectl.list<Pod>('pods', '-n', namespace),
  ]);
  const imageOf = (workload: Live) =>
    (pods.find(isOf(workload))?.spec ?? workload.spec.template.spec).containers[0]?.image ?? '';
  return Object.fromEntries(workloads.map((workload) => [workload.metadata.name, imageOf(workload)]));
}

/** The store with the image that runs: with it the copy is opened, and a restore is compared. */
export function withRunningImage(store: Store, images: Readonly<Record<string, string>>): Store {
  const [, name = ''] = store.controller.split('/');
  const [main, ...others] = store.pod.containers;
  const running: RenderedContainer = { ...main, image: images[name] ?? main.image };
  return { ...store, pod: { ...store.pod, containers: [running, ...others] } };
}
