/** The smoke test on a real stack: by `make monitor-test`, as GitOps runs it, and with mistakes made on purpose; and `monitor-query`. */
import { cleanAtEnd, kubectl } from '../cluster/cluster';
import { asking } from './smoke/asking';
import { gitOps } from './smoke/gitops';
import { healthy } from './smoke/healthy';
import { mistakes } from './smoke/mistakes';
import { NAMESPACE } from './smoke/stack';

beforeAll(() => {
  if (kubectl(['get', 'namespace', NAMESPACE, '--ignore-not-found', '-o', 'name']) !== '')
    throw new Error(`these tests make and delete the namespace ${NAMESPACE}, which is there already`);
});
afterAll(() => cleanAtEnd(NAMESPACE));

describe('monitor-test on a healthy stack', healthy);
describe('the Job, applied by kubectl', gitOps);
describe('monitor-query', asking);
describe('monitor-test names what is wrong', mistakes);
