import { until } from '../../cluster/cluster';
import { jaegerIn } from '../apis';
import { NAMESPACE } from '../stack';

interface Metrics {
  readonly metrics?: readonly {
    readonly metricPoints: readonly { readonly gaugeValue: { readonly doubleValue: number | 'NaN' } }[];
  }[];
}

const HOUR = 3_600_000;

/** What Jaeger makes of the metrics of spans, and of the spans themselves. */
export function jaegerViews(): void {
  const { api } = jaegerIn(NAMESPACE);

  test.each(['calls', 'errors', 'latencies'])('Monitor has %s of llm-api', async (what) => {
    // Some spans of kind client fail; those of the server do not.
    const kind = what === 'errors' ? 'client' : 'server';
    const parameters = new URLSearchParams({
      service: 'llm-api',
      spanKind: kind,
      quantile: '0.95',
      lookback: `${HOUR}`,
      step: '15000',
      ratePer: '60000',
    });
    await until(async () => {
      const { metrics = [] } = await api<Metrics>(`/metrics/${what}?${parameters}`);
      return metrics
        .flatMap(({ metricPoints }) => metricPoints)
        .some(({ gaugeValue }) => Number(gaugeValue.doubleValue) > 0);
    }, `${what} above zero`);
  });

  test('dependencies show llm-api calling mcp-tools', async () => {
    type Links = { readonly data: readonly { parent: string; child: string; callCount: number }[] };
    await until(async () => {
      const { data } = await api<Links>(`/dependencies?endTs=${Date.now()}&lookback=${HOUR}`);
      return data.some(
        ({ parent, child, callCount }) => parent === 'llm-api' && child === 'mcp-tools' && callCount > 0,
      );
    }, 'the link');
  });
}
