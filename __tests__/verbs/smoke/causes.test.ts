/** Which cause the table names for what a check has found. */
import { CHECK_NAMES } from '../../../charts/smoke/names';
import { DOCUMENTED } from '../../../verbs/commands';
import { SCALED_DOWN } from '../../../verbs/doctor/causes/workloads';
import { desiredState } from '../../../verbs/doctor/desired-state';
import { findingOf } from '../../../verbs/doctor/finding';
import { renderedOf } from '../../../verbs/expected';
import { CheckCauses } from '../../../verbs/smoke/causes';
import { scriptOf } from '../../../verbs/smoke/job';
import type { Line } from '../../../verbs/smoke/row';
import { configFrom, stackFrom } from '../../support';

const TEXT = `jaeger: { replicas: 2, store: { type: opensearch, urls: ['http://search.example.com:9200'] } }`;
const expected = renderedOf(configFrom(TEXT), stackFrom(TEXT));
const desired = desiredState(expected, DOCUMENTED);
const addresses = new Map(scriptOf(expected)?.env?.map(({ name, value = '' }) => [name, value]));
const scaled = (part: string) => findingOf(desired, SCALED_DOWN, { part, details: { replicas: 0, rendered: 2 } });

/** The cause of a line, with the workloads that are scaled to zero. */
const causeOf = (line: Partial<Line>, ...down: readonly string[]) => {
  const causes = new CheckCauses(desired, expected, addresses, down.map(scaled));
  const { id, part } = causes.findingOf({ name: 'trace-http', verdict: 'FAILED', found: '', ...line });
  return `${part} ${id}`;
};

test('a program on the way of a check is its cause, whichever of its roles is down', () => {
  for (const role of ['jaeger-collector', 'jaeger-query'])
    expect(causeOf({}, 'Deployment/grafana', `Deployment/${role}`)).toBe(`Deployment/${role} scaled-down`);
  expect(causeOf({ name: 'queue' }, 'Deployment/jaeger-collector')).toBe('Deployment/jaeger-collector scaled-down');
  expect(causeOf({ name: 'watchdog' }, 'Deployment/alertmanager')).toBe('Deployment/alertmanager scaled-down');
});

test('a program that is not on its way is not, unless the check names it', () => {
  expect(causeOf({ name: 'rules', found: 'a rule' }, 'Deployment/jaeger-query')).toBe('Check/rules test-rule-fails');
  const found = '{job="kube-state-metrics"} => 1';
  const causes = causeOf({ name: 'targets', found }, 'Deployment/kube-state-metrics');
  expect(causes).toBe('Deployment/kube-state-metrics scaled-down');
  expect(causeOf({ name: 'targets', found }, 'Deployment/grafana')).toBe('Check/targets test-target-down');
});

test.each([
  ["wget: bad address 'jaeger:16686'", 'test-name-unresolved'],
  ['Post "http://prometheus:9090/api/v1/query": dial tcp: lookup prometheus: no such host', 'test-name-unresolved'],
  ["wget: can't connect to remote host (10.96.0.7): Connection refused", 'test-unreachable'],
  ['dial tcp 10.96.0.7:9090: connect: connection refused', 'test-unreachable'],
  ['no answer within 5 s', 'test-unreachable'],
  ['not accepted: wget: server returned error: HTTP/1.1 503 Service Unavailable', 'test-refused'],
  ['accepted, but trace 1 is not in Jaeger: wget: server returned error: HTTP/1.1 404', 'test-trace-not-stored'],
  ['', 'test-trace-not-stored'],
])('%s', (found, id) => expect(causeOf({ found })).toBe(`Check/trace-http ${id}`));

test('each check has a cause of its own, and one that could not be done says so', () => {
  const ids = CHECK_NAMES.map((name) => causeOf({ name, found: 'x' }));
  expect(new Set(ids).size).toBe(CHECK_NAMES.length);
  for (const name of CHECK_NAMES)
    expect(causeOf({ name, verdict: 'NOT CHECKED', found: 'no data: x' })).toBe(`Check/${name} test-not-checked`);
});
