import { join } from 'node:path';
import { readManifests } from '../../../lab/conformance/manifests';
import { kubectl, until } from '../../cluster/cluster';
import { prometheusIn } from '../apis';
import { list, NAMESPACE, note, OVERLAY, projectWith, ready, render, up } from '../stack';
import { PROJECT } from './first-up';

interface Item {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation?: number;
    readonly resourceVersion: string;
  };
}

const OURS = 'app.kubernetes.io/part-of=cdk8s-observability';
const uids = () =>
  Object.fromEntries(list<Item>(NAMESPACE, 'pods', '-l', OURS).map(({ metadata: { name, uid } }) => [name, uid]));
/** Names of workloads whose pods are others than before. */
const rolled = (before: Readonly<Record<string, string>>) => {
  const now = Object.keys(uids());
  const programs = (names: readonly string[]) => names.map((name) => name.replace(/-[a-z0-9]+-[a-z0-9]+$/, ''));
  return programs(now.filter((name) => !(name in before)));
};

/** A change of the environment changes what it is about, and nothing else. */
export function changes(): void {
  const { api } = prometheusIn(NAMESPACE);

  test('another scrape interval: the same pod, and within three minutes the new configuration', async () => {
    const before = uids();
    const begun = Date.now();
    await up(projectWith(OVERLAY, { prometheus: { scrapeInterval: '20s' } }));
    await until(
      async () => (await api<{ yaml: string }>('/status/config')).yaml.includes('scrape_interval: 20s'),
      'the new configuration',
      180,
    );
    note('a changed configuration of Prometheus is live after, seconds', Math.round((Date.now() - begun) / 1000));
    // Grafana's configuration has the interval too, and is read at its start.
    expect(rolled(before).filter((name) => name !== 'grafana')).toEqual([]);
    await up(PROJECT);
  });

  test('a change of the Collector rolls only the Collector', async () => {
    const before = uids();
    await up(projectWith(OVERLAY, { collector: { logLevel: 'debug' } }));
    expect(rolled(before)).toEqual(['otel-collector']);
    await up(PROJECT);
  });

  test('applying twice changes nothing', async () => {
    const state = () =>
      list<Item>(
        NAMESPACE,
        'configmaps,services,serviceaccounts,deployments,networkpolicies,roles,rolebindings,pvc',
        '-l',
        OURS,
      ).map(({ kind, metadata: { name, uid, generation, resourceVersion } }) => [
        kind,
        name,
        uid,
        generation,
        resourceVersion,
      ]);
    const before = state();
    const pods = uids();
    await up(PROJECT);
    expect(state()).toEqual(before);
    expect(uids()).toEqual(pods);
  });

  test('each object that is deleted comes back with the next apply', async () => {
    const dist = render(PROJECT);
    const { objects } = readManifests(dist);
    // An apply of the folder does not descend into that of the smoke test.
    const hooks = new Set(
      readManifests(join(dist, 'hooks')).objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    );
    const deletable = objects.filter(
      ({ kind, metadata }) =>
        metadata.namespace === NAMESPACE && kind !== 'PersistentVolumeClaim' && !hooks.has(`${kind}/${metadata.name}`),
    );
    expect(deletable.length).toBeGreaterThan(20);
    for (const { kind, metadata } of deletable) {
      const named = ['-n', NAMESPACE, `${kind}/${metadata.name}`];
      kubectl(['delete', ...named.slice(0, 2), named[2] ?? '', '--wait', '--timeout=60s']);
      kubectl(['apply', '--server-side', '-f', `${dist}/keep`, '-f', dist]);
      expect(kubectl(['get', ...named.slice(0, 2), named[2] ?? '', '-o', 'name'])).toContain(metadata.name);
    }
    note('objects deleted and restored, one by one', deletable.length);
    await ready(NAMESPACE);
  });
}
