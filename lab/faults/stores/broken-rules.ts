/** F16: a rule file that is not one is put in place of Prometheus' rules. */
import { readFileSync, writeFileSync } from 'node:fs';
import { until } from '../../commands';
import { type Experiment, unmet } from '../experiment';
import { countsOf } from '../ids';
import { metricRequests } from './metrics';
import { FAST, storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';

/** The alert, and the shortest time that its settings allow until it fires. */
const ALERT = 'PrometheusReloadFailed';
const SOON = `alerts: {rules: {${ALERT}: {for: 1m}}}`;
/** A rule file with an expression that no parser takes. */
const BROKEN = 'groups: [{name: broken, rules: [{record: broken, expr: "sum(("}]}]\n';
const FIRING = `ALERTS{alertname="${ALERT}",alertstate="firing"}`;

/** The experiment. */
export const brokenRules: Experiment = {
  id: 'F16',
  title: 'A broken rule file is reloaded',
  passes: `the old rules stay, samples are stored, ${ALERT} fires, and the right file ends it`,
  run: async ({ say }) => {
    const prometheus = await storePrometheus({ environment: `${FAST}\n${SOON}` });
    const sender = new Sender(metricRequests());
    const rules = async (): Promise<string> => {
      const answer = (await (await fetch(`${prometheus.address}/api/v1/rules`)).json()) as {
        data: { groups: readonly { name: string; rules: readonly { name: string }[] }[] };
      };
      return JSON.stringify(answer.data.groups.map((group) => [group.name, group.rules.map(({ name }) => name)]));
    };
    const successful = () => prometheus.metric('prometheus_config_last_reload_successful');
    try {
      await prometheus.start();
      const before = await rules();
      const right = readFileSync(prometheus.rules, 'utf8');
      sender.start(prometheus.url);
      writeFileSync(prometheus.rules, BROKEN);
      const start = Date.now();
      await until(async () => (await successful()) === 0, 'the reload to fail', 30);
      say(`the reload has failed after ${Math.round((Date.now() - start) / 1000)} s`);
      await until(async () => (await prometheus.series(FIRING)).length > 0, `${ALERT} to fire`, 120);
      const fired = (Date.now() - start) / 1000;
      const meanwhile = await rules();
      writeFileSync(prometheus.rules, right);
      await until(async () => (await successful()) === 1, 'the right file to be loaded', 30);
      await until(async () => (await prometheus.series(FIRING)).length === 0, `${ALERT} to end`, 30);
      await sender.stop();
      const counts = countsOf({ ...sender, found: await storedSamples(prometheus) });
      return {
        ...counts,
        spanMetricsError: null,
        failures: unmet({
          'there were rules': before.includes(ALERT),
          'the old rules stay in effect': meanwhile === before,
          'every acknowledged sample is there': counts.lost === 0 && counts.acked > 0,
          'nothing was refused': counts.refused === 0,
        }),
        figures: [`${ALERT} (for: 1m) fires ${fired.toFixed(0)} s after the change`],
      };
    } finally {
      await sender.stop();
      await prometheus.running.stop();
    }
  },
};
