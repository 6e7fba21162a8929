import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { DATASOURCES } from '../datasources';
import { RATE } from '../parts/range';
import type { NumberPanel, Panel, Query, ServiceMap } from '../spec';
import { dependencyGraph, traceById, traceSearch } from './jaeger-query';
import { whileItLasts } from './lasts';
import { fieldsOf } from './map';
import { fromRecords } from './recorded';
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
  const asked =
    panel.kind === 'map' ? fieldsOf(panel).map(({ expr, field }) => ({ expr, legend: field })) : panel.queries;
  const read = asked.map((query) => ({ ...query, ...fromRecords(query.expr) }));
  const queries = [...read, ...exemplarQueries(panel, read)];
  return queries.map((query, index) => {
    note(place, query.expr);
    return prometheusQuery(panel, query, refId(index));
  });
}

/** Query of a panel, with the selectors that recorded series replace in it. */
type Read = Query & { readonly replaced: readonly string[] };

/**
 * A query for the exemplars of a panel that reads recorded series, which have none. Grafana asks for those of all selectors of a query; as a
 * query it would take seconds, so it asks for values of the next year, which Prometheus knows without a search.
 */
function exemplarQueries(panel: NumberPanel | ServiceMap, read: readonly Read[]): readonly Read[] {
  const replaced = new Set(read.flatMap((query) => query.replaced));
  if (!hasExemplars(panel) || replaced.size === 0) return [];
  const expr = [...replaced].map((one) => `rate(${one}[${RATE}] offset -1y)`).join(' or ');
  return [{ expr, legend: 'exemplars', replaced: [] }];
}

const hasExemplars = (panel: NumberPanel | ServiceMap): boolean => panel.kind === 'lines' && panel.exemplars === true;

function prometheusQuery(panel: NumberPanel | ServiceMap, query: Read, ref: string): DataqueryBuilder {
  const builder = new DataqueryBuilder()
    .refId(ref)
    .datasource(DATASOURCES.prometheus)
    .expr(query.expr)
    .legendFormat(query.legend);
  switch (panel.kind) {
    case 'lines':
      return builder.range().exemplar(hasExemplars(panel) && query.replaced.length === 0);
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
