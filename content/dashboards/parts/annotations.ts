import { oneOf } from '../../../promql/matcher';
import type { Annotation, Dashboard } from '../spec';
import { COLLECTOR } from './jobs';
import { INTERVAL, RATE } from './range';

/** Span metrics count a span each time that it arrives: a span that is refused and sent again is counted again. */
export const REFUSED: Annotation = {
  name: 'The Collector refuses data',
  expr: `sum by (receiver) (rate(otelcol_receiver_refused_spans_total{${COLLECTOR}}[${RATE}])) > 0`,
  text: 'Spans are refused at {{receiver}}. Senders send them again, and each time they are counted: rates are too high meanwhile',
  colour: 'orange',
};

const IMAGES = 'max by (namespace, container, image) (kube_pod_container_info';

/** A container runs an image that it did not run before: a deployment, or a rollback. */
export const DEPLOYED: Annotation = {
  name: 'New images',
  expr: `${IMAGES}) unless ${IMAGES} offset ${INTERVAL})`,
  text: '{{namespace}} {{container}}: {{image}}',
  colour: 'blue',
};

/**
 * Marks where an alert begins to fire: it fires, and did not one step before. Without the second half, the graph of an alert that fires for
 * hours would be red from side to side.
 * @param alerts names of the alerts that the panels of the dashboard explain
 * @param variables those of the dashboard: an alert about another service has no mark. An alert without the label has one
 */
export function alertsBegin(alerts: readonly string[], variables: Dashboard['variables']): Annotation {
  const ofVariables = variables
    .map((variable) => ('of' in variable ? `,${variable.of}=~"$${variable.name}|"` : ''))
    .join('');
  const firing = `ALERTS{alertstate="firing",severity=~"critical|warning",${oneOf('alertname', alerts)}${ofVariables}}`;
  const begins = (more: string) => `max by (alertname, severity) (${firing}${more})`;
  return {
    name: 'Alerts begin',
    expr: `${begins('')} unless ${begins(` offset ${INTERVAL}`)}`,
    text: '{{alertname}} ({{severity}})',
    colour: 'red',
  };
}
