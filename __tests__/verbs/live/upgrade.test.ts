/** What `monitor-up` does before an apply, and what it refuses. The e2e test upgrades.e2e.ts shows it in a cluster. */
import type { Manifest } from '../../../stack/checks/manifest';
import { impactOf } from '../../../verbs/changes/impact';
import { idOf } from '../../../verbs/changes/tree';
import type { Comparison } from '../../../verbs/live/compare';
import { type Classes, upgradeOf } from '../../../verbs/live/upgrade';
import { find, render } from '../../support';

const rendered = (settings: object) => render(JSON.stringify({ janServer: null, ...settings }));
const NOW = rendered({ collector: { replicas: 2 } });
const CLASSES: Classes = new Map([
  ['growing', { allowVolumeExpansion: true }],
  ['fixed', {}],
]);

/** A claim in the cluster. @param volumeName undefined: it is not bound */
const claim = (name: string, size: string, storageClassName: string, volumeName?: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'jan-monitoring' },
  spec: { storageClassName, resources: { requests: { storage: size } }, ...(volumeName && { volumeName }) },
});

function plan(next: readonly Manifest[], cluster: Partial<Comparison>, classes: Classes = CLASSES) {
  const nothing = { refused: new Map<string, string>(), claims: [], unusedClaims: [], leaving: [] };
  const { steps, problems } = upgradeOf({ impact: impactOf(NOW, next), ...nothing, ...cluster }, next, classes);
  return { steps: steps.map(({ args }) => args.join(' ')), problems: problems.map(({ what }) => what) };
}

test('nothing to do', () => expect(plan(NOW, {})).toEqual({ steps: [], problems: [] }));

describe('a template whose claims grow', () => {
  const next = rendered({ collector: { replicas: 2, queue: { storage: '8Gi' } } });
  const orphan = 'delete -n jan-monitoring statefulset/otel-collector --cascade=orphan --ignore-not-found';
  const claims = ['0', '1'].map((pod) => claim(`queue-otel-collector-${pod}`, '5Gi', 'growing', `volume-${pod}`));
  const growth = (pod: string) =>
    expect.stringMatching(
      new RegExp(`^patch -n jan-monitoring persistentvolumeclaim/queue-otel-collector-${pod} .*"storage":"8Gi"`),
    );

  test('the claims first, then the StatefulSet without its pods', () =>
    expect(plan(next, { claims })).toEqual({ steps: [growth('0'), growth('1'), orphan], problems: [] }));

  test('the claims that an interrupted run has left, although the StatefulSet is replaced', () => {
    const [grown, other] = [claim('queue-otel-collector-0', '8Gi', 'growing', 'volume-0'), claims[1]];
    const live = [grown, ...(other === undefined ? [] : [other])].map((object) => ({
      ...object,
      metadata: { ...object.metadata, ...labelled(next) },
    }));
    const { steps, problems } = upgradeOf(
      { impact: impactOf(next, next), refused: new Map(), claims: live, unusedClaims: [], leaving: [] },
      next,
      CLASSES,
    );
    expect(steps.map(({ args }) => args.join(' '))).toEqual([growth('1')]);
    expect(problems).toEqual([]);
  });

  test('a class without growth is a problem; without the right to list classes the server decides', () => {
    const fixed = [claim('queue-otel-collector-0', '5Gi', 'fixed', 'volume-0')];
    const problem =
      'PersistentVolumeClaim/queue-otel-collector-0 is to grow from 5Gi to 8Gi, and its StorageClass fixed does not allow it';
    expect(plan(next, { claims: fixed }).problems).toEqual([problem]);
    expect(plan(next, { claims: fixed }, null).problems).toEqual([]);
  });

  test('a claim without a volume is created anew', () =>
    expect(plan(next, { claims: [claim('queue-otel-collector-0', '5Gi', 'fixed')] })).toEqual({
      steps: ['delete -n jan-monitoring persistentvolumeclaim/queue-otel-collector-0 --ignore-not-found', orphan],
      problems: [],
    }));
});

/** The labels and annotations that the template gives to its claims. */
function labelled(objects: readonly Manifest[]): object {
  const { spec } = find(objects, 'StatefulSet', 'otel-collector');
  const { labels, annotations } = (spec as { volumeClaimTemplates: [{ metadata: Record<string, unknown> }] })
    .volumeClaimTemplates[0].metadata;
  return { labels, annotations };
}

describe('another class', () => {
  const next = rendered({ collector: { replicas: 2 }, jaeger: { storage: '10Gi' }, storage: { className: 'growing' } });
  const names = ['alertmanager-data', 'grafana-data', 'jaeger-data', 'prometheus-data'];
  const bound = (name: string, volume?: string) => claim(name, '1Ti', 'fixed', volume);
  const queues = ['queue-otel-collector-0', 'queue-otel-collector-1'];

  test('of claims with a volume loses data', () => {
    const claims = [...names, ...queues].map((name) => bound(name, `volume-of-${name}`));
    const { problems } = plan(next, { claims });
    expect(problems).toHaveLength(5);
    for (const what of problems)
      expect(what).toMatch(/cannot be changed: spec\.(storageClassName|volumeClaim).*growing.*its data would be lost/);
  });

  test('of claims without one does not', () => {
    const { steps, problems } = plan(next, { claims: names.map((name) => bound(name)) });
    // The queues have no claim in the cluster at all, which is not known to be empty.
    expect(problems).toEqual([expect.stringMatching(/^StatefulSet\/otel-collector/)]);
    expect([...steps].sort()).toEqual(
      names.map((name) => `delete -n jan-monitoring persistentvolumeclaim/${name} --ignore-not-found`),
    );
  });
});

test('an object that is being deleted is waited for', () => {
  const leaving = [find(NOW, 'Deployment', 'jaeger')];
  expect(plan(NOW, { leaving }).steps).toEqual(['wait -n jan-monitoring deployment/jaeger --for=delete']);
});

test('a refusal that is not known has no remedy, and is printed in the words of the server', () => {
  const refused = new Map([[idOf(find(NOW, 'Service', 'jaeger')), 'The Service "jaeger" is invalid: spec.ports']]);
  expect(plan(NOW, { refused }).problems).toEqual([
    'the API server refuses Service jan-monitoring jaeger: The Service "jaeger" is invalid: spec.ports',
  ]);
});
