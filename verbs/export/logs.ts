/** The logs of the stack's containers. */
import type { Expected } from '../expected';
import type { Kubectl } from '../kubectl';
import type { Pod } from '../objects';
import { listIn, placesOf } from '../state';
import type { Item } from './item';

/** Of each log at most so many lines, and bytes: the last ones. */
const LINES = 2000;
const BYTES = 1024 * 1024;
/** Of one log. */
const TIMEOUT = '--request-timeout=30s';

/** The items of the logs of all pods in the stack's namespaces: one for each container, and one for its run before a restart. */
export async function logItems(kubectl: Kubectl, { config }: Expected): Promise<Item[]> {
  const pods = await listIn<Pod>(kubectl, placesOf(config), 'pods');
  return pods.flatMap(({ metadata: { namespace, name: pod }, status = {} }) =>
    [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap((container) => {
      const { name, restartCount } = container;
      const item = (suffix: string, about: string, options: readonly string[]): Item => ({
        path: `logs/${namespace}/${pod}/${name}${suffix}.log`,
        about: `${about} ${name}, its last ${LINES} lines`,
        read: async () => {
          const args = [
            'logs',
            pod,
            '-c',
            name,
            '-n',
            namespace,
            '--timestamps',
            `--tail=${LINES}`,
            ...options,
            TIMEOUT,
          ];
          return lastBytes(await kubectl.text(args));
        },
      });
      return [
        item('', 'log of the container', []),
        ...(restartCount > 0
          ? [item('.previous', 'log, before its last restart, of the container', ['--previous'])]
          : []),
      ];
    }),
  );
}

/** The last bytes of a text, from a line's beginning. */
function lastBytes(text: string): string {
  if (text.length <= BYTES) return text;
  const end = text.slice(-BYTES);
  return `(${text.length - end.length} characters before this are left out)\n${end.slice(end.indexOf('\n') + 1)}`;
}
