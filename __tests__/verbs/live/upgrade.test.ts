/** What `monitor-up` does before an apply, and what it refuses. The e2e test upgrades.e2e.ts shows it in a cluster. */
import type { Manifest } from '../../../stack/checks/manifest';
import { impactOf, severityOf } from '../../../verbs/changes/impact';
import { idOf } from '../../../verbs/changes/tree';
import { DOCUMENTED } from '../../../verbs/commands';
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

const NOTHING = {
  ...{ namespace: 'jan-monitoring', refused: new Map<string, string>() },
  ...{ claims: [], unusedClaims: [], leaving: [], foreign: [] },
};

function plan(next: readonly Manifest[], cluster: Partial<Comparison>, classes: Classes = CLASSES) {
  const { steps, problems } = upgradeOf(
    { impact: impactOf(NOW, next), ...NOTHING, ...cluster },
    next,
    classes,
    DOCUMENTED,
  );
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
      { impact: impactOf(next, next), ...NOTHING, claims: live },
      next,
      CLASSES,
      DOCUMENTED,
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

  test('of a claim without a volume: the StatefulSet goes before it, which would create it again as it was', () => {
    const empty = [claim('queue-otel-collector-0', '5Gi', 'fixed')];
    expect(plan(next, { claims: empty })).toEqual({
      steps: [orphan.replace('orphan', 'foreground'), deletionOf('queue-otel-collector-0')],
      problems: [],
    });
    const other = claim('queue-otel-collector-1', '5Gi', 'growing', 'volume-1');
    expect(plan(next, { claims: [...empty, other] })).toEqual({
      steps: [growth('1'), orphan, deletionOf('queue-otel-collector-0')],
      problems: [],
    });
  });
});

const deletionOf = (name: string) => `delete -n jan-monitoring persistentvolumeclaim/${name} --ignore-not-found`;

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

  const set = 'delete -n jan-monitoring statefulset/otel-collector --cascade=foreground --ignore-not-found';

  test('of claims without one does not, nor of claims that do not exist', () => {
    const existing = [...names, 'queue-otel-collector-0'];
    const claims = existing.map((name) => bound(name));
    const { steps, problems } = plan(next, { claims });
    expect(problems).toEqual([]);
    const { impact } = upgradeOf({ ...NOTHING, impact: impactOf(NOW, next), claims }, next, CLASSES, DOCUMENTED);
    expect(severityOf(impact)).toBe('refused');
    expect(steps[0]).toBe(set);
    expect(steps.slice(1).sort()).toEqual(existing.map(deletionOf));
  });

  test('of one claim of a StatefulSet with a volume: the whole of it is refused, and nothing of it is deleted', () => {
    const claims = [bound('queue-otel-collector-0', 'volume-0'), bound('queue-otel-collector-1')];
    const { steps, problems } = plan(next, { claims });
    expect(problems).toContainEqual(expect.stringMatching(/^StatefulSet\/otel-collector .*its data would be lost/));
    expect(steps.filter((step) => !step.startsWith('patch'))).toEqual([]);
  });

  test('a run that was interrupted after the StatefulSet was deleted is completed', () => {
    const without = next.filter(({ kind }) => kind !== 'StatefulSet');
    const { steps } = upgradeOf(
      { ...NOTHING, impact: impactOf(without, next), claims: queues.map((name) => bound(name)) },
      next,
      CLASSES,
      DOCUMENTED,
    );
    expect(steps.map(({ args }) => args.join(' '))).toEqual(queues.map(deletionOf));
  });
});

describe('a claim that is being deleted', () => {
  const leaving = (name: string, volume?: string) => {
    const { metadata, ...rest } = claim(name, '10Gi', 'growing', volume);
    return { ...rest, metadata: { ...metadata, deletionTimestamp: '2026-01-31T12:00:00Z' } };
  };
  const image = (object: Manifest): Manifest =>
    object.kind === 'Deployment'
      ? JSON.parse(JSON.stringify(object).replace(/"image":"[^"]*"/, '"image":"a:1"'))
      : object;

  test('with a volume: nothing restarts, and the fix keeps the volume before it stops the pod', () => {
    const { problems } = upgradeOf(
      { ...NOTHING, impact: impactOf(NOW, NOW.map(image)), claims: [leaving('prometheus-data', 'pv-1')] },
      NOW.map(image),
      CLASSES,
      DOCUMENTED,
    );
    expect(problems).toEqual([
      {
        what: 'PersistentVolumeClaim/prometheus-data is being deleted: its data would be gone as soon as no pod uses it',
        fix: expect.stringMatching(
          /^keep the data: kubectl patch pv pv-1 .*Retain.* && make monitor-down && .*claimRef/,
        ),
      },
    ]);
  });

  test('without a volume, or of no program: no data is lost by a restart', () =>
    expect(plan(NOW, { claims: [leaving('prometheus-data'), leaving('old-data', 'pv-1')] }).problems).toEqual([]));
});

test('objects of another stack or without its labels: refused, one problem for each owner', () => {
  const labels = { 'app.kubernetes.io/part-of': 'cdk8s-observability', 'app.kubernetes.io/instance': 'other' };
  const there = (kind: string, name: string, extra: object = {}): Manifest => ({
    ...{ apiVersion: 'apps/v1', kind },
    metadata: { name, namespace: 'jan-node-exporter', ...extra },
  });
  const foreign = [
    there('DaemonSet', 'node-exporter', { labels }),
    there('ServiceAccount', 'node-exporter', { labels }),
    there('Role', 'pods'),
  ];
  expect(plan(NOW, { foreign }).problems).toEqual([
    'DaemonSet/node-exporter, ServiceAccount/node-exporter in namespace jan-node-exporter belong to the stack in namespace other',
    'Role/pods in namespace jan-node-exporter belongs to something else: the labels of this stack are missing',
  ]);
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
