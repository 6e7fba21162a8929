import type { Annotation } from '../spec';
import { COLLECTOR } from './jobs';
import { RATE } from './range';

/** Span metrics count a span each time that it arrives: a span that is refused and sent again is counted again. */
export const REFUSED: Annotation = {
  name: 'The Collector refuses data',
  expr: `sum by (receiver) (rate(otelcol_receiver_refused_spans_total{${COLLECTOR}}[${RATE}])) > 0`,
  text: 'Spans are refused at {{receiver}}. Senders send them again, and each time they are counted: rates are too high meanwhile',
  colour: 'orange',
};

/** Alerts that need action: without the dead man's switch, which always fires. */
export const FIRING: Annotation = {
  name: 'Alerts',
  expr: 'max by (alertname, severity) (ALERTS{alertstate="firing",severity=~"critical|warning"})',
  text: '{{alertname}} ({{severity}})',
  colour: 'red',
};
