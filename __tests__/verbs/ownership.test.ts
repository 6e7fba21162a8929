/** Nothing of another stack, or without its labels, is taken over or deleted. */
import { LAB, standIn } from './stand-in/stand-in';

jest.setTimeout(300_000);

const CONTEXT = 'lab';
const scene = standIn('janServer: null\nnodeExporter: { enabled: true }\n');
const { begin, run, calls, put, objects } = scene;
const labelled = (instance: string) => ({
  'app.kubernetes.io/part-of': 'cdk8s-observability',
  'app.kubernetes.io/instance': instance,
});
const daemonSet = (labels: Readonly<Record<string, string>>, namespace = 'jan-node-exporter') => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'node-exporter', namespace, labels },
});
const changes = () => calls().filter(({ line }) => /^(apply|delete|patch)/.test(line));
const applied = () => objects(LAB).filter((name) => name.includes('Deployment'));

beforeEach(() => begin({}));

test.each([
  ['another stack', labelled('other'), 'the stack in namespace other'],
  ['something else', { app: 'x' }, 'something else: the labels of this stack are missing'],
])('monitor-up: an object of %s is not taken over', async (_title, labels, owner) => {
  put(LAB, [
    { kind: 'Namespace', metadata: { name: 'jan-monitoring' } },
    { kind: 'Namespace', metadata: { name: 'jan-node-exporter' } },
    daemonSet(labels),
  ]);
  const { code, output } = await run('up', { CONTEXT });
  expect([code, output]).toEqual([
    1,
    expect.stringContaining(`DaemonSet/node-exporter in namespace jan-node-exporter belongs to ${owner}`),
  ]);
  expect(output).toMatch(
    /fix {2}one node-exporter on each node is enough.*nodeExporter\.enabled: false; or .*kubectl --context lab label -n jan-node-exporter daemonset\/node-exporter app\.kubernetes\.io\/part-of=cdk8s-observability app\.kubernetes\.io\/instance=jan-monitoring --overwrite/,
  );
  // The only apply is the dry run of the comparison.
  expect(changes().map(({ line }) => line)).toEqual(['apply']);
  expect(applied()).toEqual([]);
  begin({});
  const { code: differs, output: shown } = await run('diff', { CONTEXT });
  expect([differs, shown]).toEqual([
    1,
    expect.stringContaining('monitor-up ENVIRONMENT=test CONTEXT=lab would refuse:'),
  ]);
});

test('a Namespace without labels was made for the stack, and one of another stack was not', async () => {
  put(LAB, [daemonSet(labelled('jan-monitoring'))]);
  expect((await run('up', { CONTEXT })).code).toBe(0);
  put(LAB, [{ kind: 'Namespace', metadata: { name: 'jan-node-exporter', labels: labelled('other') } }]);
  expect(await run('up', { CONTEXT })).toEqual({
    code: 1,
    output: expect.stringContaining('Namespace/jan-node-exporter belongs to the stack in namespace other'),
  });
});
