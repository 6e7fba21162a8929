import { nodeDiskAlerts } from '../../content/alerts/kubernetes/node-disks';
import { nodeAlerts } from '../../content/alerts/kubernetes/nodes';
import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { NodeExporter } from './chart';
import { schema } from './schema';

/** node-exporter: CPU, memory, disks and network of each node. */
export const nodeExporter = defineComponent({
  key: 'nodeExporter',
  order: 80,
  schema,
  build: (context, settings) => (settings.enabled ? new NodeExporter(context, settings) : null),
  emits: ({ enabled }) => (enabled ? [EMITTERS.nodeExporter] : []),
  alerts: [nodeAlerts, nodeDiskAlerts],
});
