import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesPanel } from '@grafana/grafana-foundation-sdk/timeseries';
import { promqlError, withoutGrafanaVariables } from '../../../lib/promql';
import { DATASOURCES } from '../datasources';
import { JaegerSearchBuilder } from './jaeger-query';

/** One line, or one family of lines, of a panel. */
export interface Query {
  /** PromQL; Grafana's variables are allowed in it. */
  readonly expr: string;
  /** Text of the legend, as `{{service_name}}`. */
  readonly legend: string;
}

/** What every panel says about itself. */
export interface PanelText {
  readonly title: string;
  /** What the numbers mean, and where they come from. */
  readonly description: string;
  /** Unit in Grafana's words, as `reqps`, `percentunit`, `s`. */
  readonly unit: string;
}

/** Shown instead of an empty graph: missing data is no zero. */
const NO_DATA = 'No data: is the service running, scraped or sending spans?';

/**
 * Lines over time from Prometheus, with their exemplars.
 * @throws Error when an expression is not PromQL
 */
export function timeseries(text: PanelText, queries: readonly Query[]): TimeseriesPanel {
  const panel = new TimeseriesPanel()
    .title(text.title)
    .description(text.description)
    .datasource(DATASOURCES.prometheus)
    .unit(text.unit)
    .noValue(NO_DATA)
    .min(0)
    .fillOpacity(10)
    .span(12)
    .height(8);
  for (const [index, { expr, legend }] of queries.entries()) {
    panel.withTarget(
      new DataqueryBuilder()
        .refId(String.fromCharCode('A'.charCodeAt(0) + index))
        .datasource(DATASOURCES.prometheus)
        .expr(checked(text.title, expr))
        .legendFormat(legend)
        .range()
        .exemplar(true),
    );
  }
  return panel;
}

/** The latest traces of a service, from Jaeger. */
export function recentTraces(title: string, description: string, service: string, tags?: string): TablePanel {
  const search = new JaegerSearchBuilder(service).limit(20);
  return new TablePanel()
    .title(title)
    .description(description)
    .datasource(DATASOURCES.jaeger)
    .noValue('No traces: does the service send spans to the Collector?')
    .withTarget(tags === undefined ? search : search.tags(tags))
    .span(12)
    .height(9);
}

function checked(title: string, expr: string): string {
  const error = promqlError(withoutGrafanaVariables(expr));
  if (error !== undefined) throw new Error(`Panel "${title}" has a query that is not PromQL:\n${error.marked}`);
  return expr;
}
