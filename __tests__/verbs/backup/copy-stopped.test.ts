import { copySeconds, copyStopped } from '../../../verbs/backup/copy-stopped';
import { storesOf } from '../../../verbs/backup/stores';
import { expectedOf } from '../../../verbs/expected';
import { configFrom } from '../../support';
import { type Answers, fakeKubectl, prints } from './fake-kubectl';

const CONFIG = configFrom('');
const [STORE] = storesOf(expectedOf(CONFIG)).filter(({ program }) => program === 'jaeger');
const jaegerWith = (replicas: number) =>
  prints({ kind: 'Deployment', metadata: { name: 'jaeger' }, spec: { replicas, selector: { matchLabels: {} } } });
/** Jaeger, as it was patched last. */
const JAEGER = `if grep -q 'patch .*"replicas":0' "$(dirname "$0")/calls"; then ${jaegerWith(0)}; else ${jaegerWith(1)}; fi`;

const ROOMY = 'echo 1 100';

/** The steps of a run, by what they do. */
const STEPS: readonly (readonly [name: string, call: RegExp])[] = [
  ['helper', /^wait .*pod backup-jaeger-data --for=condition=Ready/],
  ['room', /^exec .*df -Pk/],
  ['stop', /^patch .*"replicas":0/],
  ['stopped', /^wait .*--for=delete/],
  ['copy', /^exec .*cp -a/],
  ['clean', /^exec .* -- sh -c rm -rf \/data\/\.backup *$/],
  ['helper is gone', /^delete pod .*backup-jaeger-data/],
  ['start', /^patch .*"replicas":1/],
  ['started', /^rollout status/],
];

async function run(answers: Answers, signal = new AbortController().signal, config = CONFIG) {
  if (STORE === undefined) throw new Error('Jaeger has no claim');
  const { kubectl, calls } = fakeKubectl([
    ...answers,
    ['get pods', prints({ items: [] })],
    ['df -Pk', ROOMY],
    ['get -n', JAEGER],
  ]);
  const result = await copyStopped({ kubectl, config, signal, timeoutSeconds: 5 }, STORE).catch((error) => error);
  const steps = calls().flatMap((call) => STEPS.filter(([, pattern]) => pattern.test(call)).map(([name]) => name));
  return { result, steps };
}

test('Jaeger starts once the pod that copied is gone, since it may be on another node', async () => {
  const { result, steps } = await run([]);
  expect(result).toBeLessThan(10);
  const before = ['helper', 'room', 'stop', 'stopped', 'copy'];
  expect(steps).toEqual([...before, 'helper is gone', 'start', 'started']);
});

test('a copy that fails is removed, and Jaeger starts', async () => {
  const { result, steps } = await run([['cp -a', 'echo "no space left" >&2; exit 1']]);
  expect(String(result)).toMatch(/no space left/);
  expect(steps.slice(-4)).toEqual(['copy', 'clean', 'helper is gone', 'start']);
});

test('Jaeger starts although the pod that copied cannot be deleted', async () => {
  const { steps } = await run([['delete pod', 'exit 1']]);
  expect(steps.at(-1)).toBe('start');
});

test('a Jaeger that something else has started during the copy: the copy does not count', async () => {
  const { result, steps } = await run([['get -n', jaegerWith(1)]]);
  expect(String(result)).toMatch(/deployment\/jaeger was started by something else while its data is copied/);
  expect(steps.at(-1)).toBe('start');
});

test('without room, Jaeger is not stopped', async () => {
  const { result, steps } = await run([['df -Pk', 'echo 100 1']]);
  expect(String(result)).toMatch(/claim jaeger-data has 1 KiB free, and its copy needs 100 KiB/);
  expect(steps).toEqual(['helper', 'room', 'helper is gone']);
});

test('a copy that takes longer than the queue bridges is given up', async () => {
  const capacity = { spansPerSecond: 1, spanBytes: 1000, series: 1000, bridgeOutage: '1s' };
  const { result, steps } = await run([['cp -a', 'exec sleep 60']], undefined, { ...CONFIG, capacity });
  expect(String(result)).toMatch(/jaeger-data was not complete after 0.5 s: jaeger is started again/);
  expect(steps.slice(-4)).toEqual(['copy', 'clean', 'helper is gone', 'start']);
});

test('Ctrl-C during the copy starts Jaeger', async () => {
  const operator = new AbortController();
  setTimeout(() => operator.abort(), 1500);
  const { result, steps } = await run([['cp -a', 'exec sleep 60']], operator.signal);
  expect(result).toMatchObject({ name: 'Interrupted' });
  expect(steps.at(-1)).toBe('start');
});

test('half of the outage that the queue bridges is for the copy', () => {
  expect(copySeconds(CONFIG)).toBe(900);
  expect(copySeconds(configFrom('capacity: {spansPerSecond: 10, series: 1000, bridgeOutage: 10m}'))).toBe(300);
});
