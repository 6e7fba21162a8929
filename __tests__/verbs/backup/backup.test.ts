/** What a backup asks the cluster before it copies, and what it does where something may not be read. */
import { readBesides } from '../../../verbs/backup/besides';
import { removeHelpers } from '../../../verbs/backup/helper';
import { runningImages, withRunningImage } from '../../../verbs/backup/images';
import { BACKUP_RIGHTS, requireRights } from '../../../verbs/backup/rights';
import { storesOf } from '../../../verbs/backup/stores';
import { expectedOf } from '../../../verbs/expected';
import { configFrom } from '../../support';
import { type Answers, fakeKubectl, prints } from './fake-kubectl';

const EXPECTED = expectedOf(configFrom(''));
const FORBIDDEN = 'echo "Error from server (Forbidden): it is forbidden" >&2; exit 1';
const NO_PODS = prints({ items: [] });

test('every right that is missing is named before anything starts', async () => {
  const review = (verb: string, resource: string, subresource: string | undefined, allowed: boolean) => ({
    spec: { resourceAttributes: { verb, resource, subresource, namespace: 'x' } },
    status: { allowed },
  });
  const items = [
    review('list', 'pods', undefined, true),
    review('create', 'pods', 'exec', false),
    review('patch', 'deployments', undefined, false),
  ];
  const { kubectl, calls } = fakeKubectl([
    ['create -f -', prints({ items })],
    ['auth whoami', 'printf ada'],
  ]);
  await expect(requireRights(kubectl, 'x', BACKUP_RIGHTS)).rejects.toThrow(
    /user ada cannot create pods\/exec, patch deployments in namespace x\n {2}fix {2}.*--clusterrole=edit --user=ada/,
  );
  expect(calls()).toHaveLength(2);
});

describe('what may not be read is left out', () => {
  const context = (answers: Answers) => ({
    kubectl: fakeKubectl(answers).kubectl,
    config: EXPECTED.config,
    signal: new AbortController().signal,
    timeoutSeconds: 5,
  });

  test('the list of endpoints, and the Secret', async () => {
    const { files, silences, notIncluded } = await readBesides(context([['get', FORBIDDEN]]), EXPECTED);
    expect([files, silences]).toEqual([{}, null]);
    expect(notIncluded).toEqual([
      'silences: you may not list endpointslices',
      'the Secret grafana-admin: you may not read it',
    ]);
  });

  test('an Alertmanager that is off has no silences, and that is said', async () => {
    const off = expectedOf(configFrom('alertmanager: {enabled: false}'));
    const { silences, notIncluded } = await readBesides(context([]), off);
    expect([silences, notIncluded]).toEqual([null, ['silences: Alertmanager is off (alertmanager.enabled)']]);
  });
});

test('the image is that of the pod that runs', async () => {
  const matchLabels = { app: 'jaeger' };
  const template = { spec: { containers: [{ image: 'jaeger:next' }] } };
  const workload = { kind: 'Deployment', metadata: { name: 'jaeger' }, spec: { selector: { matchLabels }, template } };
  const pod = {
    metadata: { name: 'jaeger-1', labels: matchLabels },
    spec: { containers: [{ image: 'jaeger:running' }] },
    status: { phase: 'Running' },
  };
  const imagesWith = (pods: string) =>
    runningImages(
      fakeKubectl([
        ['get pods', pods],
        ['get deployments', prints({ items: [workload] })],
      ]).kubectl,
      EXPECTED,
    );
  expect(await imagesWith(NO_PODS)).toEqual({ jaeger: 'jaeger:next' });
  const images = await imagesWith(prints({ items: [pod] }));
  expect(images).toEqual({ jaeger: 'jaeger:running' });
  const [store] = storesOf(EXPECTED).filter(({ program }) => program === 'jaeger');
  if (store === undefined) throw new Error('Jaeger has no claim');
  expect(withRunningImage(store, images).pod.containers[0].image).toBe('jaeger:running');
});

test('each claim of a StatefulSet has the labels of its own pod', () => {
  const several = storesOf(expectedOf(configFrom('prometheus: {replicas: 2}')));
  const names = several
    .filter(({ program }) => program === 'prometheus')
    .map(({ claim, labels }) => [claim, labels['statefulset.kubernetes.io/pod-name']]);
  expect(names).toEqual([
    ['data-prometheus-0', 'prometheus-0'],
    ['data-prometheus-1', 'prometheus-1'],
  ]);
});

test('what a killed backup has collected is removed with its pods', async () => {
  const labels = { 'cdk8s-observability/backup-of': 'jaeger-data' };
  const pod = (name: string, phase: string, own = {}) => ({ metadata: { name, labels: own }, status: { phase } });
  const items = [pod('left', 'Running', labels), pod('ended', 'Succeeded', labels), pod('opened', 'Running')];
  const { kubectl, calls } = fakeKubectl([['get pods', prints({ items })]]);
  await removeHelpers(kubectl, 'x');
  expect(calls().map((call) => call.split(' ').slice(0, 4).join(' '))).toEqual([
    'get pods -n x',
    'exec -n x left',
    'delete pod -n x',
  ]);
  expect(calls()[1]).toMatch(/rm -rf \/data\/\.backup$|rm -rf \/data\/\.backup /);
});
