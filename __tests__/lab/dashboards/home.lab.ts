/** The tables of the home page, asked of the real Prometheus' engine. */
import { images } from '../../../content/dashboards/boards/home-changes';
import { programs } from '../../../content/dashboards/boards/home-stack';
import { servicesFailing } from '../../../content/dashboards/boards/home-state';
import type { Table, Values } from '../../../content/dashboards/spec';
import { configFrom } from '../../support';
import { evaluatesTo, type Sample } from './answers';

/** The query of a column of a table, as Grafana sends it. */
const column = ({ queries }: Table | Values, legend: string) =>
  queries.find((query) => query.legend === legend)?.expr.replaceAll('$__rate_interval', '2m');

describe('images that run', () => {
  const pod = (name: string, image: string, phase: string, began: number) => {
    const labels = `namespace="jan",pod="${name}",uid="u-${name}"`;
    return {
      [`kube_pod_container_info{${labels},container="llm",image="${image}"}`]: '1x40',
      [`kube_pod_status_phase{${labels},phase="${phase}"}`]: '1x40',
      [`kube_pod_start_time{${labels}}`]: `${began}x40`,
    };
  };
  const series = {
    ...pod('a', 'registry:5000/menloresearch/llm:1.2', 'Running', 100),
    ...pod('b', 'registry:5000/menloresearch/llm:1.2', 'Running', 300),
    ...pod('c', `llm:1.3@sha256:0123456789ab${'f'.repeat(52)}`, 'Running', 500),
    ...pod('done', 'llm:1.1', 'Succeeded', 50),
  };
  const row = (image: string, value: number): Sample => [{ namespace: 'jan', container: 'llm', image }, value];

  test('since the oldest pod with this image began', () =>
    evaluatesTo({ series }, column(images(), 'Since'), [
      row('llm:1.2', 100_000),
      row('llm:1.3@sha256:0123456789ab', 500_000),
    ]));
  test('in how many pods', () =>
    evaluatesTo({ series }, column(images(), 'Pods'), [row('llm:1.2', 2), row('llm:1.3@sha256:0123456789ab', 1)]));
});

describe('programs of the stack', () => {
  const up = (job: string, instance: string, value: number) => ({
    [`up{job="${job}",instance="${instance}"}`]: `${value}x40`,
  });
  const memory = (namespace: string, name: string, used: number) => ({
    [`container_memory_working_set_bytes{namespace="${namespace}",pod="${name}-0",container="${name}"}`]: `${used}x40`,
    [`kube_pod_container_resource_limits{namespace="${namespace}",pod="${name}-0",container="${name}",resource="memory"}`]:
      '1000x40',
  });
  const series = {
    ...up('otel-collector', 'a:8889', 1),
    ...up('otel-collector-internal', 'a:8888', 0),
    ...up('jaeger-query', 'b', 1),
    ...up('llm-api', 'c', 0),
    ...up('grafana', 'd', 1),
    ...memory('jan-monitoring', 'otel-collector', 400),
    ...memory('jan-node-exporter', 'node-exporter', 900),
    ...memory('elsewhere', 'prometheus', 999),
  };
  const table = programs(configFrom('grafana: {dashboards: {jaeger: {enabled: false}}}'));
  const row = (program: string, dashboard: string, value: number): Sample => [{ program, dashboard }, value];

  test('how many targets each has, and the dashboard about it', () =>
    evaluatesTo({ series }, column(table, 'Targets'), [
      row('otel-collector', 'otel-collector', 2),
      row('jaeger-query', 'prometheus', 1),
      row('grafana', 'prometheus', 1),
    ]));
  test('how many are down', () =>
    evaluatesTo({ series }, column(table, 'Down'), [
      row('otel-collector', 'otel-collector', 1),
      row('jaeger-query', 'prometheus', 0),
      row('grafana', 'prometheus', 0),
    ]));
  test('the memory of its own pods', () =>
    evaluatesTo({ series }, column(table, 'Memory of its limit'), [
      row('otel-collector', 'otel-collector', 0.4),
      row('node-exporter', 'nodes', 0.9),
    ]));
});

describe('services failing', () => {
  const requests = (service: string, status: string, rate: number) => ({
    [`traces_span_metrics_calls_total{service_name="${service}",span_kind="SPAN_KIND_SERVER",http_route="/v1",http_response_status_code="${status}",status_code="STATUS_CODE_${status < '500' ? 'UNSET' : 'ERROR'}"}`]: `0+${rate}x40`,
  });
  const well = { ...requests('well', '200', 1000), ...requests('well', '500', 1) };
  const expr = column(servicesFailing(), 'services failing');

  test('are those with more than one failure in a hundred', () =>
    evaluatesTo({ series: { ...well, ...requests('bad', '200', 90), ...requests('bad', '500', 10) } }, expr, [
      [{}, 1],
    ]));
  test('are none where all are well', () => evaluatesTo({ series: well }, expr, [[{}, 0]]));
  test('are not known without requests', () => evaluatesTo({ series: {} }, expr, []));
});
