import { JAN_SERVER_ALERTS } from '../../content/alerts/jan-server';
import { EMITTERS } from '../../metrics/emitters';
import type { Emitter } from '../../promql/metric';
import { defineComponent } from '../common/component';
import { DISCOVERY } from '../common/roles';
import { schema } from './schema';
import { janServerJobs } from './scrape-jobs';

/** The emitters of the scraped services, by the names in `janServer.services`. */
const SERVICES: Readonly<Record<string, Emitter>> = {
  'llm-api': EMITTERS.llmApi,
  'mcp-tools': EMITTERS.mcpTools,
  'response-api': EMITTERS.responseApi,
  'media-api': EMITTERS.mediaApi,
  'realtime-api': EMITTERS.realtimeApi,
  'memory-tools': EMITTERS.memoryTools,
};

/** Jan Server, if it runs in this cluster: its services are scraped, and alerts watch them. */
export const janServer = defineComponent({
  key: 'janServer',
  order: 85,
  kind: 'watched',
  schema,
  build: (context, settings) =>
    settings === null
      ? null
      : {
          render: () => {},
          scrapeJobs: (client) => janServerJobs(context, settings, client),
          ...(settings.discovery === 'kubernetes' && {
            scrapeRight: { namespace: settings.namespace, folder: 'jan-server', right: DISCOVERY },
          }),
        },
  emits: (settings) => (settings?.services ?? []).flatMap(({ name }) => SERVICES[name] ?? []),
  alerts: JAN_SERVER_ALERTS,
});
