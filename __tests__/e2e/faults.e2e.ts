/** Pods are killed for real, in a stack of its own: nothing that was acknowledged is lost. */
import { cleanAtEnd, kubectl } from '../cluster/cluster';
import { brokenRules } from './faults/broken-rules';
import { cardinality } from './faults/cardinality';
import { jaegerKilledAgain } from './faults/jaeger-killed';
import { FAULTS, FAULTS_JAN, SETTINGS } from './faults/place';
import { prometheusKilled } from './faults/prometheus-killed';
import { collectorKilled, collectorReplaced, jaegerKilled, queueFull } from './faults/spans';
import { LIGHT, OVERLAY, projectWith, up, writeReport } from './stack';

beforeAll(() => {
  const found = kubectl(['get', 'namespace', FAULTS, FAULTS_JAN, '--ignore-not-found', '-o', 'name']).trim();
  if (found !== '')
    throw new Error(`these tests make and delete ${found.replaceAll('\n', ', ')}, which are there already`);
});
afterAll(() => {
  writeReport('e2e-faults');
  cleanAtEnd(FAULTS, FAULTS_JAN);
});

describe('a stack of its own', () => {
  test('comes up', async () => {
    kubectl(['create', 'namespace', FAULTS_JAN]);
    await up(projectWith(OVERLAY, LIGHT, SETTINGS));
  });
});
describe('F1', jaegerKilled);
describe('F2', collectorKilled);
describe('F4', queueFull);
describe('F8', collectorReplaced);
describe('F9', jaegerKilledAgain);
describe('F13', prometheusKilled);
describe('F16', brokenRules);
describe('F19', cardinality);
