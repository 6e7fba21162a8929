import { clean, kubectl } from '../../cluster/cluster';
import { list, NAMESPACE, note, OVERLAY, projectWith, ready, render } from '../stack';

/** Without our verbs: everything comes up, and goes. */
export function plainApply(): void {
  const dist = render(projectWith(OVERLAY));

  test('everything becomes ready', async () => {
    kubectl(['apply', '--server-side', '-f', `${dist}/keep`, '-f', dist]);
    const times = [...(await ready(NAMESPACE))].sort(([, one], [, other]) => other - one);
    note('plain apply to ready, slowest first, seconds', Object.fromEntries(times));
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
