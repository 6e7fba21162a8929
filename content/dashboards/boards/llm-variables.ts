/** Variables of LLM serving, besides the model: each filters every query whose metric has its label. */
import { OPERATION_DURATION } from '../../../metrics/gen-ai';
import type { Variable } from '../spec';

/** Providers that were called: two may offer a model of one name. */
export const provider: Variable = {
  name: 'provider',
  label: 'Provider',
  description: 'Providers of the models, as the spans of calls name them',
  of: 'gen_ai_provider_name',
  series: [`${OPERATION_DURATION}_count`],
  several: true,
};

/** vLLM's models. They have a variable of their own, because a provider may offer a model by another name than vLLM serves it. */
export const served: Variable = {
  name: 'served',
  label: 'Served model',
  description: 'Models as vLLM serves them (--served-model-name). A request may name a model otherwise: see Model',
  of: 'model_name',
  series: ['vllm:num_requests_running'],
  several: true,
};

/** Machines with GPUs. */
export const gpuHost: Variable = {
  name: 'gpu_host',
  label: 'GPU host',
  description: 'Machines whose GPUs the DCGM exporter measures',
  of: 'Hostname',
  series: ['DCGM_FI_DEV_GPU_UTIL'],
  several: true,
};

/** Matchers of the chosen models and providers. */
export const CHOSEN_MODELS = `gen_ai_request_model=~"$model",gen_ai_provider_name=~"$${provider.name}"`;
/** A matcher of the chosen models of vLLM. */
export const CHOSEN_SERVED = `${served.of}=~"$${served.name}"`;
/** A matcher of the chosen machines with GPUs. */
export const CHOSEN_HOSTS = `${gpuHost.of}=~"$${gpuHost.name}"`;
