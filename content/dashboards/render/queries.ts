import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { DATASOURCES } from '../datasources';
import type { NumberPanel, Panel, Query, ServiceMap } from '../spec';
import { dependencyGraph, traceById, traceSearch } from './jaeger-query';
import { whileItLasts } from './lasts';
import { fieldsOf } from './map';
import { refId } from './ref-id';
import { hasSparkline } from './values';

/** Is given each query of a dashboard, with its place for messages. */
export type Note = (place: string, expr: string) => void;

/**
 * The queries of a panel, as Grafana's JSON model.
 * @param place dashboard and panel, for errors
 */
export function targetsOf(place: string, panel: Panel, note: Note): Builder<Dataquery>[] {
  if (panel.kind === 'traces') return [traceSearch(panel.service, panel.tags)];
  if (panel.kind === 'trace') return [traceById(panel.traceId)];
  if (panel.kind === 'alerts') return [];
  if (panel.kind === 'jaegerMap') return [dependencyGraph()];
  const queries =
    panel.kind === 'map' ? fieldsOf(panel).map(({ expr, field }) => ({ expr, legend: field })) : panel.queries;
  return queries.map((query, index) => {
    note(place, query.expr);
    return prometheusQuery(panel, query, refId(index));
  });
}

function prometheusQuery(panel: NumberPanel | ServiceMap, query: Query, ref: string): DataqueryBuilder {
  const builder = new DataqueryBuilder()
    .refId(ref)
    .datasource(DATASOURCES.prometheus)
    .expr(query.expr)
    .legendFormat(query.legend);
  switch (panel.kind) {
    case 'lines':
      return builder.range().exemplar(panel.exemplars === true);
    case 'heatmap':
      return builder.range().format(PromQueryFormat.Heatmap);
    case 'table':
      return builder.instant().format(PromQueryFormat.Table);
    case 'map':
      return builder.instant();
    default:
      // Otherwise an instant query: the last value of a range would still be shown long after the series has ended.
      return hasSparkline(panel) ? builder.range().expr(whileItLasts(query.expr)) : builder.instant();
  }
}
