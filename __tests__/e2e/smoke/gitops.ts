import { join } from 'node:path';
import { kubectl, until } from '../../cluster/cluster';
import { rendered, well } from './stack';

const job = (path: string) => well.inStack('get', 'job', 'monitor-test', '-o', `jsonpath={${path}}`);

/** The Job as GitOps and plain kubectl use it: the folder `hooks`, without our verbs. */
export function gitOps(): void {
  let hooks = '';
  const apply = () => kubectl(['apply', '--server-side', '-f', hooks]);
  const ended = () => until(() => /Complete|Failed/.test(job('.status.conditions[*].type')), 'the Job to end', 120);

  test('an apply of the stack does not run it', () => {
    const folder = rendered(well.root);
    hooks = join(folder, 'hooks');
    kubectl(['apply', '--server-side', '--force-conflicts', '-f', join(folder, 'keep'), '-f', folder]);
    expect(well.inStack('get', 'jobs', '-o', 'name')).toBe('');
  });

  test('the folder alone runs it, and it ends Complete', async () => {
    apply();
    await ended();
    const log = well.inStack('logs', 'job/monitor-test', '-c', 'monitor-test');
    expect([job('.status.succeeded'), log]).toEqual(['1', expect.stringMatching(/^metric-http\tpassed\t/m)]);
    expect(log).not.toMatch(/FAILED|NOT CHECKED/);
  });

  test('a second apply changes nothing; after a deletion it runs again', async () => {
    const first = job('.metadata.uid');
    apply();
    expect(job('.metadata.uid')).toBe(first);
    kubectl(['delete', '-f', hooks, '--ignore-not-found', '--wait']);
    apply();
    await ended();
    expect(job('.metadata.uid')).not.toBe(first);
    expect(job('.status.succeeded')).toBe('1');
  });
}
