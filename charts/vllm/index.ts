import { VLLM_ALERTS } from '../../content/alerts/vllm';
import { EMITTERS } from '../../metrics/emitters';
import { defineComponent } from '../common/component';
import { watched } from '../common/model-server';
import { schema } from './schema';

/** vLLM, if it is configured. It may be scaled to zero at night. */
export const vllm = defineComponent({
  key: 'vllm',
  order: 90,
  kind: 'watched',
  schema,
  build: (context, settings) => (settings === null ? null : watched(context, 'vllm', 'vllm', settings)),
  emits: (settings) => (settings === null ? [] : [EMITTERS.vllm]),
  alerts: VLLM_ALERTS,
});
