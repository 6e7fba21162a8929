import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readVerbSettings } from '../../config/verb-settings';
import { inClusterConfig } from '../../verbs/kubeconfig';

const POD = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };

test('a pod without a kubeconfig uses its own cluster, with the token that the kubelet renews', () => {
  const folder = mkdtempSync(join(tmpdir(), 'account-'));
  const { inClusterServer } = readVerbSettings(POD);
  expect(inClusterConfig(inClusterServer, folder)).toBeNull();
  writeFileSync(join(folder, 'token'), 'secret');
  writeFileSync(join(folder, 'ca.crt'), 'authority');
  const config = inClusterConfig(inClusterServer, folder);
  expect(config).toMatchObject({
    'current-context': 'in-cluster',
    clusters: [{ cluster: { server: 'https://10.96.0.1:443', 'certificate-authority-data': 'YXV0aG9yaXR5' } }],
    users: [{ user: { tokenFile: join(folder, 'token') } }],
  });
  expect(JSON.stringify(config)).not.toContain('secret');
  expect(inClusterConfig(readVerbSettings({}).inClusterServer, folder)).toBeNull();
});

test('an address of IPv6 stands in brackets', () => {
  expect(readVerbSettings({ ...POD, KUBERNETES_SERVICE_HOST: 'fd00::1' }).inClusterServer).toBe(
    'https://[fd00::1]:443',
  );
});

test('the kubeconfig files are those that kubectl merges', () => {
  expect(readVerbSettings({}).kubeconfigs).toEqual([expect.stringMatching(/\.kube.config$/)]);
  expect(readVerbSettings({ KUBECONFIG: 'a::b' }).kubeconfigs).toEqual(['a', 'b']);
});
