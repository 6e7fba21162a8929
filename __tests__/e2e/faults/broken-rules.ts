import { until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { note } from '../stack';
import { FAULTS, inFaults } from './place';

/** Seconds for a changed ConfigMap to reach the pod (the kubelet looks each minute), to be reloaded, and for the alert. */
const PATIENCE = 300;
const ALERT = 'PrometheusReloadFailed';

interface Rules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly { readonly name: string }[] }[];
}

const withFile = (content: string | null) =>
  inFaults(
    'patch',
    'configmap/prometheus-rules-user',
    '--type=merge',
    '--patch',
    JSON.stringify({ data: { 'broken.yaml': content } }),
  );

/** F16. */
export function brokenRules(): void {
  const { api, value } = prometheusIn(FAULTS);
  const rules = async () =>
    (await api<Rules>('/rules')).groups.map(({ name, rules: of }) => [name, of.map((rule) => rule.name)]);
  const successful = () => value('prometheus_config_last_reload_successful');

  test(`a broken rule file: the old rules stay, ${ALERT} fires, and ends when the file is gone`, async () => {
    const before = await rules();
    const start = Date.now();
    withFile('groups: [{name: broken, rules: [{record: broken, expr: "sum(("}]}]');
    await until(async () => (await successful()) === 0, 'the reload to fail', PATIENCE);
    const failed = (Date.now() - start) / 1000;
    const firing = `ALERTS{alertname="${ALERT}",alertstate="firing"}`;
    await until(async () => (await value(firing)) === 1, `${ALERT} to fire`, PATIENCE);
    const fired = (Date.now() - start) / 1000;
    expect(await rules()).toEqual(before);
    withFile(null);
    await until(async () => (await successful()) === 1, 'the rules to be loaded again', PATIENCE);
    note('F16: a broken rule file', { reloadFailedAfterSeconds: failed, alertFiredAfterSeconds: fired });
  });
}
