/** An archive for a bug report, from a stack of its own: `monitor-export`. */
import { cleanAtEnd, clusterRights, kubectl } from '../cluster/cluster';
import { archive } from './export/archive';
import { JAN, NAMESPACE } from './export/planted';

beforeAll(() => {
  const found = kubectl(['get', 'namespace', NAMESPACE, JAN, '--ignore-not-found', '-o', 'name']).trim();
  if (found !== '')
    throw new Error(`these tests make and delete ${found.replaceAll('\n', ', ')}, which are there already`);
});
afterAll(() => {
  const rights = clusterRights(NAMESPACE);
  if (rights.length > 0) kubectl(['delete', ...rights]);
  cleanAtEnd(NAMESPACE, JAN);
});

describe('monitor-export', archive);
