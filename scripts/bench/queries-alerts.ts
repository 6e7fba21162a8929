/** The series of alerts: every alerting rule fires or is pending for one pod. */
import type { Labels } from './queries-cluster';
import { PODS } from './queries-cluster';

/** An alerting rule of the rendered rules. */
export interface AlertingRule {
  readonly alert: string;
  readonly labels: Labels;
}

/** A series with one value. */
export interface AlertSeries {
  readonly labels: Labels;
  readonly value: number;
}

/** `ALERTS` and `ALERTS_FOR_STATE`. Every second one fires. @param since when they became active, in seconds since 1970 */
export const alertSeries = (rules: readonly AlertingRule[], since: number): readonly AlertSeries[] =>
  rules.flatMap(({ alert, labels }, index) => {
    const { namespace = '', pod = '', deployment = '' } = PODS[(index * 11) % PODS.length] ?? {};
    const of = { alertname: alert, ...labels, namespace, pod, service_name: deployment };
    const alertstate = index % 2 === 0 ? 'firing' : 'pending';
    return [
      { labels: { __name__: 'ALERTS', ...of, alertstate }, value: 1 },
      { labels: { __name__: 'ALERTS_FOR_STATE', ...of }, value: since + index },
    ];
  });
