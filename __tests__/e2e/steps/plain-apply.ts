import { clean, kubectl } from '../../cluster/cluster';
import { list, NAMESPACE, OVERLAY, projectWith, ready, render } from '../stack';
import { reportStart } from '../start';

/** Without our verbs: everything comes up, and goes. */
export function plainApply(): void {
  const dist = render(projectWith(OVERLAY));

  test('everything becomes ready', async () => {
    const begun = Date.now();
    kubectl(['apply', '--server-side', '-f', `${dist}/keep`, '-f', dist]);
    await ready(NAMESPACE);
    reportStart(NAMESPACE, (Date.now() - begun) / 1000);
  });

  test('kubectl delete takes the programs down and keeps the claims', () => {
    const before = list(NAMESPACE, 'pvc').length;
    kubectl(['delete', '-f', dist, '--wait', '--timeout=120s']);
    expect(
      list(
        NAMESPACE,
        'deployments,statefulsets,services,configmaps',
        '-l',
        'app.kubernetes.io/part-of=cdk8s-observability',
      ),
    ).toEqual([]);
    expect(list(NAMESPACE, 'pvc')).toHaveLength(before);
    clean(NAMESPACE);
  });
}
