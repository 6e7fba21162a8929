/**
 * The stack in a real cluster, in the order in which an operator meets it: each step goes on from the one before. It may be any
 * cluster that can be spared, and that has none of the namespaces.
 */
import { cleanAtEnd, kubectl } from '../cluster/cluster';
import { JAN, NAMESPACE, writeReport } from './stack';
import { alerting } from './steps/alerting';
import { catalogue, NODES } from './steps/catalogue';
import { changes } from './steps/changes';
import { discovery } from './steps/discovery';
import { firstUp } from './steps/first-up';
import { grafana } from './steps/grafana';
import { health } from './steps/health';
import { jaegerViews } from './steps/jaeger-views';
import { overlay } from './steps/overlay';
import { PAIR, pair } from './steps/pair';
import { persistence } from './steps/persistence';
import { plainApply } from './steps/plain-apply';
import { privacy } from './steps/privacy';
import { problems } from './steps/problems';
import { queries } from './steps/queries';
import { restart } from './steps/restart';
import { signals } from './steps/signals';
import { targets } from './steps/targets';
import { telemetry } from './steps/telemetry';

beforeAll(() => {
  const found = kubectl(['get', 'namespace', NAMESPACE, JAN, PAIR, NODES, '--ignore-not-found', '-o', 'name']).trim();
  if (found !== '')
    throw new Error(`these tests make and delete ${found.replaceAll('\n', ', ')}, which are there already`);
});
afterAll(() => {
  writeReport('e2e');
  cleanAtEnd(NAMESPACE, JAN, PAIR, NODES);
});

describe('the manifests of this run', overlay);
describe('plain kubectl apply, on an empty cluster', plainApply);
describe('monitor-up, before there is a Jan Server', firstUp);
describe('every workload is well', health);
describe('telemetry arrives', telemetry);
describe('LLM calls and fallbacks', signals);
describe('personal data', privacy);
describe("Jan Server's own metrics", discovery);
describe('two pods of one service, through two Collectors', pair);
describe('targets, rules and samples', targets);
describe("Jaeger's Monitor tab and dependencies", jaegerViews);
describe('every query of the dashboards and of the documentation', queries);
describe('Grafana', grafana);
describe('the catalogue of metrics', catalogue);
describe('still well after all that', health);
describe('alerts', alerting);
describe('changes', changes);
describe('a restart of the Collector under load', restart);
describe('monitor-status', problems);
describe('data, which survives what it should', persistence);
