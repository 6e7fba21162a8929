import { isOlder } from '../../../verbs/backup/versions';

test.each([
  ['prom/prometheus:v3.15.1', 'prom/prometheus:v3.16.0', true],
  ['prom/prometheus:v3.16.0', 'prom/prometheus:v3.16.4', false],
  ['prom/prometheus:v3.16.0', 'prom/prometheus:v3.9.0', false],
  ['jaegertracing/jaeger:1.76.0', 'jaegertracing/jaeger:2.13.0', true],
  ['localhost:5000/grafana:13.2.1@sha256:0123', 'grafana/grafana:13.2.0-ubuntu', false],
  ['localhost:5000/grafana', 'grafana/grafana:13.2.0', null],
  ['grafana:latest', 'grafana:13.2.0', null],
])('%s is older than %s: %s', (image, than, expected) => {
  expect(isOlder(image, than)).toBe(expected);
});
