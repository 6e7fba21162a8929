/** Steps of the runbooks about vLLM. */

import { query } from '../../runbooks/checks';
import type { Places } from '../../runbooks/places';
import type { Check } from '../../runbooks/runbook';

/** Labels that vLLM's metrics are grouped by. */
export const BY_MODEL: readonly string[] = ['model_name'];

/** The same, for each pod. */
export const BY_POD: readonly string[] = ['model_name', 'pod'];

/** Labels of a series in tests. */
export const LABELS = '{model_name="m",pod="p",engine="0"}';

/** Requests that wait. */
export const QUEUE = query('Requests that wait, by pod.', 'sum by (model_name, pod) (vllm:num_requests_waiting)');

/** The KV cache. */
export const CACHE = query(
  'How full the KV cache is: 1 is full.',
  'max by (model_name, pod) (vllm:kv_cache_usage_perc)',
);

/** Lines of vLLM's log. Where vLLM is not scraped, NAMESPACE and LABELS stand for `vllm.namespace` and `vllm.podLabels`. */
export const vllmLog = ({ vllm }: Places, look: string, words: string): Check => {
  const { namespace, selector } = vllm ?? { namespace: 'NAMESPACE', selector: 'LABELS' };
  const command = `kubectl logs -n ${namespace} -l ${selector} --prefix --tail=500 | grep -i -E '${words}'`;
  const explained = `${command} # vllm.namespace and vllm.podLabels of the environment file`;
  return { look, command: vllm === null ? explained : command };
};
