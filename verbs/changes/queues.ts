/** The queues on disk of the Collector's exporters: what is in them was acknowledged, and must not be left behind. */
import type { Manifest } from '../../stack/checks/manifest';
import { type ConfigurationFile, filesOf, isCollectorForm } from './files';
import type { Risk } from './risk';
import { at, same, treeAt } from './tree';

interface Queue {
  readonly file: ConfigurationFile;
  readonly exporter: string;
  /** Bytes or requests, as the exporter counts. */
  readonly size: number;
  readonly sizer: unknown;
  /** The folder on the claim; undefined: the queue is in memory. */
  readonly directory: unknown;
}

/** Queues that are renamed, moved, or smaller. The folder of a queue is named after its exporter. */
export function queueRisks(old: readonly Manifest[], next: readonly Manifest[]): readonly Risk[] {
  const after = new Map(queuesOf(next).map((queue) => [keyOf(queue), queue]));
  const files = new Set(filesOf(next).map(({ configMap }) => configMap));
  return queuesOf(old)
    .filter(({ directory, file }) => directory !== undefined && files.has(file.configMap))
    .flatMap((queue) => risk(queue, after.get(keyOf(queue))));
}

const keyOf = ({ file, exporter }: Queue): string => `${file.configMap} ${file.file} ${exporter}`;

function queuesOf(objects: readonly Manifest[]): readonly Queue[] {
  return filesOf(objects)
    .filter(isCollectorForm)
    .flatMap((file) =>
      Object.entries(treeAt(file.content, 'exporters')).flatMap(([exporter, settings]) => {
        const queue = treeAt(settings, 'sending_queue');
        if (queue.queue_size === undefined) return [];
        const directory = at(file.content, 'extensions', String(queue.storage), 'directory');
        return [{ file, exporter, size: Number(queue.queue_size), sizer: queue.sizer, directory }];
      }),
    );
}

function risk(queue: Queue, after: Queue | undefined): readonly Risk[] {
  const object = `ConfigMap/${queue.file.configMap} ${queue.exporter}`;
  const next = 'wait until the queue is empty (otelcol_exporter_queue_size is 0), then apply';
  if (after === undefined)
    return [{ object, what: 'the exporter is gone: what its queue still holds on the claim is not sent', next }];
  if (!same(after.directory, queue.directory)) {
    const to = after.directory === undefined ? 'in memory' : `in ${after.directory}`;
    const what = `the queue is ${to}, before in ${queue.directory}: what is still there is not sent`;
    return [{ object, what, next }];
  }
  if (!same(after.sizer, queue.sizer) || after.size >= queue.size) return [];
  const what = `the queue holds ${after.size}, before ${queue.size} (${after.sizer ?? 'requests'}): in an outage data is refused sooner`;
  return [{ object, what, next: 'npm run impact cannot see how full the queue is: apply while it is nearly empty' }];
}
