/** A backup's file is applied with the operator's rights: nothing but the values of one Secret is taken from it. */
import { forgetEarlierAdmin, goBackToAdmin, parseAdmin, restoreAdmin } from '../../../verbs/backup/admin';
import type { Kubectl } from '../../../verbs/kubectl';
import { fakeKubectl, prints } from './fake-kubectl';

const data = { 'admin-user': 'YWRh', 'admin-password': 'c2VjcmV0' };
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'grafana-admin' }, type: 'Opaque', data };

test('its values are read', () => expect(parseAdmin(JSON.stringify(secret))).toEqual(data));

test.each<[string, unknown]>([
  ['a list of objects', { apiVersion: 'v1', kind: 'List', items: [secret] }],
  ['another kind', { ...secret, kind: 'ClusterRoleBinding' }],
  ['a Secret of another type', { ...secret, type: 'kubernetes.io/service-account-token' }],
  ['values that are not base64', { ...secret, data: { 'admin-user': 'no base64!' } }],
  ['a key that Kubernetes does not allow', { ...secret, data: { '../x': 'YWRh' } }],
  ['values as text', { ...secret, data: undefined, stringData: { 'admin-user': 'ada' } }],
  ['more than a Secret has', { ...secret, immutable: true }],
])('%s is refused', (_title, object) => {
  expect(() => parseAdmin(JSON.stringify(object))).toThrow(/is not a Secret as monitor-backup writes it/);
});

test('what is no JSON is refused', () => expect(() => parseAdmin('---')).toThrow(/is not a Secret/));

describe('in the cluster', () => {
  const ours = (annotations = {}, values: object = { 'admin-user': 'b2xk' }) => ({
    metadata: { name: 'admin', labels: { 'app.kubernetes.io/managed-by': 'monitor-up' }, annotations },
    data: values,
  });
  const NONE = 'true';

  /** What is applied and deleted, where some Secrets are there. */
  async function changes(
    there: { readonly current: string; readonly earlier: string },
    action: (kubectl: Kubectl) => Promise<void>,
  ): Promise<readonly string[]> {
    // The fake notes what it is called with; what is applied comes through its input.
    const { kubectl, calls } = fakeKubectl([
      ['get secret -n shop admin-before-restore', there.earlier],
      ['get secret', there.current],
      ['apply', 'printf "applied %s\\n" "$(cat)" >> "$(dirname "$0")/calls"'],
    ]);
    await action(kubectl);
    return calls().flatMap((call) => {
      const [, applied] = /^applied (.*)$/.exec(call) ?? [];
      if (applied !== undefined) {
        const { kind, metadata, data: values } = JSON.parse(applied);
        return [`${kind} ${metadata.namespace}/${metadata.name} ${values['admin-user']}`];
      }
      return /^(delete|annotate)/.test(call) ? [call.replace('--ignore-not-found', '').trim()] : [];
    });
  }
  const restore = (kubectl: Kubectl) => restoreAdmin(kubectl, 'shop', 'admin', data);
  const back = (kubectl: Kubectl) => goBackToAdmin(kubectl, 'shop', 'admin');
  const RESTORED = prints(ours({ 'cdk8s-observability/restored': 'not finished' }));

  test('the configured Secret gets the values of the backup, and the earlier one is kept', async () => {
    expect(await changes({ current: prints(ours()), earlier: NONE }, restore)).toEqual([
      'Secret shop/admin-before-restore b2xk',
      'Secret shop/admin YWRh',
    ]);
    expect(await changes({ current: NONE, earlier: NONE }, restore)).toEqual(['Secret shop/admin YWRh']);
    expect(await changes({ current: prints(ours({}, data)), earlier: NONE }, restore)).toEqual([]);
  });

  test('one that another tool keeps stays', async () => {
    const foreign = prints({ metadata: { name: 'admin', labels: {} }, data: {} });
    expect(await changes({ current: foreign, earlier: NONE }, restore)).toEqual([]);
    expect(await changes({ current: foreign, earlier: foreign }, back)).toEqual([]);
    await expect(changes({ current: prints(ours()), earlier: foreign }, restore)).rejects.toThrow(
      /Secret admin-before-restore is kept by another tool/,
    );
  });

  test('on the way back the earlier one is there again, or none', async () => {
    expect(await changes({ current: RESTORED, earlier: prints(ours()) }, back)).toEqual([
      'Secret shop/admin b2xk',
      'delete secret -n shop admin-before-restore',
    ]);
    expect(await changes({ current: RESTORED, earlier: NONE }, back)).toEqual(['delete secret -n shop admin']);
  });

  test('once the restore is finished, the restored one stays', async () => {
    const finish = (kubectl: Kubectl) => forgetEarlierAdmin(kubectl, 'shop', 'admin');
    expect(await changes({ current: RESTORED, earlier: prints(ours()) }, finish)).toEqual([
      'annotate secret -n shop admin cdk8s-observability/restored-',
      'delete secret -n shop admin-before-restore',
    ]);
  });
});
