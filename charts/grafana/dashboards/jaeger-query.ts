import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DATASOURCES } from '../datasources';

/** A search for traces, in the form of Grafana's Jaeger datasource (its `JaegerQuery` type). The SDK has none. */
export interface JaegerSearch extends Dataquery {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly queryType: 'search';
  readonly service: string;
  readonly operation?: string;
  readonly tags?: string;
  readonly limit: number;
}

/** Builds a search for the traces of a service. */
export class JaegerSearchBuilder implements Builder<Dataquery> {
  readonly #service: string;
  #tags?: string;
  #limit = 20;

  /** @param service name of the service, or a variable such as `$service` */
  constructor(service: string) {
    this.#service = service;
  }

  /** Only traces with a span that has these tags, in logfmt: `error=true`. @default - all */
  tags(tags: string): this {
    this.#tags = tags;
    return this;
  }

  /** At most this many traces, from 1. @default 20, as in Jaeger's UI */
  limit(limit: number): this {
    this.#limit = limit;
    return this;
  }

  build(): JaegerSearch {
    return {
      refId: 'A',
      datasource: DATASOURCES.jaeger,
      queryType: 'search',
      service: this.#service,
      ...(this.#tags !== undefined && { tags: this.#tags }),
      limit: this.#limit,
      _implementsDataqueryVariant() {},
    };
  }
}
