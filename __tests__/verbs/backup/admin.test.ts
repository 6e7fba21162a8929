/** A backup's file is applied with the operator's rights: nothing but the values of one Secret is taken from it. */
import { parseAdmin } from '../../../verbs/backup/admin';

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
