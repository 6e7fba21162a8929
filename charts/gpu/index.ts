import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { watched } from '../common/model-server';
import { schema } from './schema';

/** NVIDIA's DCGM exporter, if it is configured. Alerts on GPUs are part of vLLM's alerts. */
export const gpu = defineComponent({
  key: 'gpu',
  order: 91,
  kind: 'watched',
  schema,
  build: (context, settings) => (settings === null ? null : watched(context, 'gpu', 'dcgm-exporter', settings)),
  emits: (settings) => (settings === null ? [] : [EMITTERS.dcgm]),
});
