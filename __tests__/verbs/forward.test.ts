import { readVariables } from '../../config/variables';
import { expectedOf } from '../../verbs/expected';
import { forwardsOf } from '../../verbs/forward';
import { configFrom } from '../support';

const forwarded = (text: string, variables: Readonly<Record<string, string>> = {}) =>
  forwardsOf(expectedOf(configFrom(text)), readVariables([], variables)).map(
    ({ title, service, local, variable }) => `${title}: ${local} to ${service} by ${variable}`,
  );

test('what people use is forwarded, at the ports that the variables name', () => {
  expect(forwarded('', { GRAFANA_PORT: '23001' })).toEqual([
    'Grafana: 23001 to grafana by GRAFANA_PORT',
    'Jaeger: 16686 to jaeger by JAEGER_UI_PORT',
    'Alertmanager: 9093 to alertmanager by null',
    'Prometheus: 9090 to prometheus by PROMETHEUS_PORT',
    'OTLP over HTTP: 4318 to otel-collector by OTEL_HTTP_PORT',
    'OTLP over gRPC: 4317 to otel-collector by OTEL_GRPC_PORT',
  ]);
});

test('what is off is not', () => {
  expect(forwarded('alertmanager: {enabled: false}').join()).not.toContain('Alertmanager');
});
