/**
 * Upgrades of a running stack: claims that get no volume, that grow, that are deleted, a selector that changes, a change that would lose data, objects that are no longer
 * rendered, and a command that is killed. A trace and a sample that were written first are read after each.
 */
import { cleanAtEnd, kubectl } from '../cluster/cluster';
import { rescue } from './upgrades/rescue';
import { makeClass, NAMESPACE, removeClass } from './upgrades/stack';
import { before, growth, replacement } from './upgrades/steps';

/** Claims of the stack: two queues, Prometheus, Jaeger, Alertmanager, Grafana. */
const CLAIMS = 6;

beforeAll(() => {
  if (kubectl(['get', 'namespace', NAMESPACE, '--ignore-not-found', '-o', 'name']).trim() !== '')
    throw new Error(`these tests make and delete the namespace ${NAMESPACE}, which is there already`);
  makeClass(CLAIMS);
});
afterAll(() => {
  cleanAtEnd(NAMESPACE);
  removeClass();
});

describe('before', before);
describe('claims grow', growth);
describe('a claim is deleted', rescue);
describe('objects are replaced', replacement);
