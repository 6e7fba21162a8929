/** Which address a service gets, for an address of the user. */
import { readVariables } from '../../../config/variables';
import { targetOf } from '../../../verbs/connect/endpoint';
import { configFrom } from '../../support';

const config = configFrom('cluster: {domain: corp.local}\n');
const target = (given: string, protocol: 'http/protobuf' | 'grpc') =>
  targetOf(config, readVariables([], { OTEL_EXPORTER_OTLP_ENDPOINT: given }), protocol);
const HTTP = 'http/protobuf';

test.each([
  ['http://otel-collector.jan-monitoring:4318', HTTP],
  ['otel-collector.jan-monitoring:4318', HTTP],
  ['http://otel-collector.jan-monitoring.svc:4318/', HTTP],
  ['http://otel-collector.jan-monitoring.svc.corp.local:4317', 'grpc'],
  ['http://OTEL-collector.jan-monitoring.svc.corp.local.:4317', 'grpc'],
] as const)('%s is our Collector, and stays for %s', (given, protocol) =>
  expect(target(given, protocol)).toEqual({ url: given, isOurs: true, notes: [] }),
);

test.each([
  ['http://otel-collector.jan-monitoring:4318', 'grpc', 'http://otel-collector.jan-monitoring:4317'],
  ['http://otel-collector.jan-monitoring:4317', HTTP, 'http://otel-collector.jan-monitoring:4318'],
  ['otel-collector.jan-monitoring.svc', HTTP, 'http://otel-collector.jan-monitoring.svc:4318'],
  ['https://otel-collector.jan-monitoring:4318', HTTP, 'http://otel-collector.jan-monitoring:4318'],
  ['http://otel-collector.jan-monitoring:4318/v1/traces', HTTP, 'http://otel-collector.jan-monitoring:4318'],
] as const)('%s is our Collector, and becomes what it takes for %s', (given, protocol, url) => {
  const { notes, ...found } = target(given, protocol);
  expect(found).toEqual({ url, isOurs: true });
  expect(notes.join()).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT is ${given}`);
});

test.each([
  ['http://otel-collector.shop:4318', 'grpc', /4318 is the port of OTLP over HTTP/],
  ['http://otlp.example.com:4317', HTTP, /4317 is the port of OTLP over gRPC/],
] as const)('%s is elsewhere, and its port is not one of %s: says so', (given, protocol, note) => {
  const { notes, ...found } = target(given, protocol);
  expect(found).toEqual({ url: given, isOurs: false });
  expect(notes.join()).toMatch(note);
});

test.each([
  ['https://otlp.example.com', 'grpc'],
  ['http://otel-collector.shop:4317', 'grpc'],
  ['https://otlp.example.com:4318/tenant', HTTP],
] as const)('%s is elsewhere, and nothing is said about %s', (given, protocol) =>
  expect(target(given, protocol)).toEqual({ url: given, isOurs: false, notes: [] }),
);
