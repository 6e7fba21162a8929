import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DATASOURCES } from '../datasources';

/**
 * A query for Grafana's Jaeger datasource (its `JaegerQuery` type), which the SDK lacks. The datasource sends only the first query of a
 * panel and ignores the others (grafana-jaeger-datasource, src/datasource.ts).
 */
export interface JaegerQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  /** @default - a trace by its id, which is `query` */
  readonly queryType?: 'search' | 'dependencyGraph';
  readonly query?: string;
  readonly service?: string;
  readonly tags?: string;
  readonly limit?: number;
}

/** Highest number of traces in a response, as in Jaeger's UI. */
const LIMIT = 20;

/** A search for the latest traces of a service, a variable that has one value, or `service`. */
export const traceSearch = (service: string, tags: string | undefined): Builder<Dataquery> =>
  jaegerQuery({ refId: 'A', queryType: 'search', service, ...(tags !== undefined && { tags }), limit: LIMIT });

/** A trace by its id, or by a variable. */
export const traceById = (traceId: string): Builder<Dataquery> => jaegerQuery({ refId: 'A', query: traceId });

/** The service graph. */
export const dependencyGraph = (): Builder<Dataquery> => jaegerQuery({ refId: 'A', queryType: 'dependencyGraph' });

const jaegerQuery = (query: Omit<JaegerQuery, 'datasource' | '_implementsDataqueryVariant'>): Builder<Dataquery> => ({
  build: (): JaegerQuery => ({
    datasource: DATASOURCES.jaeger,
    ...query,
    _implementsDataqueryVariant() {},
  }),
});
