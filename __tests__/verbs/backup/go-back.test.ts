/** The order of what a restore does to programs and claims, where something fails. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusively } from '../../../verbs/backup/exclusively';
import { goBack } from '../../../verbs/backup/go-back';
import type { Restore } from '../../../verbs/backup/put-in-place';
import { replace } from '../../../verbs/backup/replace';
import { storesOf } from '../../../verbs/backup/stores';
import { expectedOf } from '../../../verbs/expected';
import { configFrom } from '../../support';
import { type Answers, fakeKubectl, prints } from './fake-kubectl';

jest.setTimeout(60_000);

const CONFIG = configFrom('');
const EXPECTED = expectedOf(CONFIG);
const [STORE] = storesOf(EXPECTED).filter(({ program }) => program === 'jaeger');
if (STORE === undefined) throw new Error('Jaeger has no claim');

const BEFORE = 'cdk8s-observability/replicas-before-backup';
const jaeger = (replicas: number, annotations = {}) => ({
  kind: 'Deployment',
  metadata: { name: 'jaeger', annotations },
  spec: { replicas, selector: { matchLabels: {} } },
});
const IS_STOPPED = `grep -q 'patch .*"replicas":0' "$(dirname "$0")/calls"`;
/** Jaeger runs until it is stopped. */
const FOUND = `if ${IS_STOPPED}; then ${prints(jaeger(0))}; else ${prints(jaeger(1))}; fi`;
const LISTED = `if ${IS_STOPPED}; then ${prints({ items: [jaeger(0, { [BEFORE]: '1' })] })}; else ${prints({ items: [] })}; fi`;
const CLAIMS = prints({ items: [{ metadata: { name: STORE.claim }, status: { phase: 'Bound' } }] });

/** The record of a restore, as a string in a string. */
const RECORD = JSON.stringify(JSON.stringify({ backup: 'then', claims: [STORE.claim], data: 'old' }));

const CLUSTER: Answers = [
  ['create -f -', 'cat > "$(dirname "$0")/lease"'],
  ['restore","value":"{', 'touch "$(dirname "$0")/begun"'],
  ['restore","value":""', 'rm -f "$(dirname "$0")/begun"'],
  [
    'get lease',
    `cd "$(dirname "$0")"; [ ! -e lease ] || if [ -e begun ]; then sed 's#restore":""#restore":${RECORD.replaceAll('\\', '\\\\')}#' lease; else cat lease; fi`,
  ],
  ['get secret', 'true'],
  ['get pods', prints({ items: [] })],
  ['get persistentvolumeclaims', CLAIMS],
  ['get deployments,statefulsets ', LISTED],
  ['get -n', FOUND],
  ['df -Pk', 'echo 1000000'],
];

/** The steps of a run, by what they do. */
const STEPS: readonly (readonly [name: string, call: RegExp])[] = [
  ['remember old', /^patch lease .*\\"old\\"/],
  ['remember new', /^patch lease .*\\"new\\"/],
  ['forget', /^patch lease .*cdk8s-observability~1restore","value":""/],
  ['helper', /^wait .*pod backup-jaeger-data --for=condition=Ready/],
  ['receive', /^exec .*mark receiving/],
  ['compare', /^exec .*mark received/],
  ['stop', /^patch .*"replicas":0/],
  ['switch', /^exec .*mark moving-new/],
  ['back', /^exec .*mark removing-new/],
  ['helper is gone', /^delete pod .*backup-jaeger-data/],
  ['start', /^patch .*"replicas":1/],
];

interface Run {
  readonly result: unknown;
  readonly steps: readonly string[];
}

async function run(answers: Answers, action: (restore: Restore) => Promise<unknown>): Promise<Run> {
  if (STORE === undefined) throw new Error('Jaeger has no claim');
  const { kubectl, calls } = fakeKubectl([...answers, ...CLUSTER]);
  const folder = mkdtempSync(join(tmpdir(), 'restore-'));
  mkdirSync(join(folder, 'data', STORE.claim), { recursive: true });
  writeFileSync(join(folder, 'data', STORE.claim, 'MANIFEST'), 'spans');
  const { signal } = new AbortController();
  const entry = { claim: STORE.claim, program: 'jaeger', bytes: 5, image: 'jaeger:2.20.0' };
  const work = { kubectl, config: CONFIG, signal, timeoutSeconds: 5 };
  const restore = {
    ...{ work, expected: EXPECTED, folder, placements: [{ store: STORE, entry }], admin: null, silences: [] },
    contents: { created: 'then', files: [{ path: `data/${STORE.claim}/MANIFEST`, bytes: 5, sha256: '' }] },
    cluster: { kubectl, context: 'lab', server: '' },
    input: { config: CONFIG, signal },
  } as unknown as Restore;
  const place = { kubectl, namespace: CONFIG.namespace, signal };
  const result = await exclusively(place, 'monitor-restore', () => action(restore)).catch((error) => error);
  rmSync(folder, { recursive: true });
  const steps = calls().flatMap((call) => STEPS.filter(([, pattern]) => pattern.test(call)).map(([name]) => name));
  return { result, steps };
}

const state = (name: string): Answers => [
  ['mark removing-new', `echo ${name}`],
  ['clear() {', `echo ${name}`],
];
const back = ({ work, expected }: Restore) =>
  goBack(work, expected, { backup: 'then', claims: [STORE.claim], data: 'new' });

describe('the way back', () => {
  test('a program with replaced data is stopped first, and starts once the pod on its claim is gone', async () => {
    const { result, steps } = await run(state('switched'), back);
    expect(result).toBe(1);
    expect(steps).toEqual(['remember old', 'helper', 'stop', 'back', 'helper is gone', 'start', 'forget']);
  });

  test('a program whose data was not replaced runs on', async () => {
    const { result, steps } = await run(state('received'), back);
    expect(result).toBe(0);
    expect(steps).toEqual(['remember old', 'helper', 'back', 'helper is gone', 'forget']);
  });

  test('where it fails, the program is not started with data that is replaced in part, and it is remembered', async () => {
    const answers: Answers = [['mark removing-new', 'echo "input/output error" >&2; exit 1'], ...state('switched')];
    const { result, steps } = await run(answers, back);
    expect(String(result)).toMatch(/input\/output error/);
    expect(steps).toEqual(['remember old', 'helper', 'stop', 'back', 'helper is gone']);
  });

  test('nothing is moved under a program that something else has started', async () => {
    const { result, steps } = await run([['get -n', prints(jaeger(1))], ...state('switched')], back);
    expect(String(result)).toMatch(/was started by something else/);
    expect(steps).toEqual(['remember old', 'helper', 'stop', 'helper is gone']);
  });

  test('it does nothing where another command has taken over', async () => {
    const other = prints({ metadata: {}, spec: { holderIdentity: 'monitor-up of bob' } });
    const taken: Answers = [['get lease', `if [ -e "$(dirname "$0")/lease" ]; then ${other}; fi`]];
    const { result, steps } = await run([...taken, ...state('switched')], back);
    expect(String(result)).toMatch(/another one may have gone on: monitor-up of bob/);
    expect(steps).toEqual([]);
  });
});

describe('a restore that fails', () => {
  test('because its pod does not start: nothing was begun, and the program runs on', async () => {
    const { result, steps } = await run([['--for=condition=Ready', 'exit 1']], replace);
    expect(String(result)).toMatch(/the pod that reads jaeger-data did not become ready/);
    expect(steps).toEqual(['helper', 'helper is gone']);
  });

  test('because data arrives damaged each time: the program runs on', async () => {
    const answers: Answers = [['mark received', 'echo "MANIFEST: FAILED" >&2; exit 1'], ...state('receiving')];
    const { result, steps } = await run(answers, replace);
    expect(String(result)).toMatch(/MANIFEST: FAILED/);
    const sent = [1, 2, 3].flatMap(() => ['receive', 'compare']);
    const begun = ['helper', 'remember old', ...sent, 'helper is gone'];
    expect(steps).toEqual([...begun, 'remember old', 'helper', 'back', 'helper is gone', 'forget']);
  });

  test('because there is no room: nothing is received', async () => {
    const { result, steps } = await run([['df -Pk', 'echo 0'], ...state('none')], replace);
    expect(String(result)).toMatch(/claim jaeger-data has 0 KiB free/);
    expect(steps).not.toContain('receive');
    expect(steps.at(-1)).toBe('forget');
  });

  test('in the switch: the old data goes back, and the program starts', async () => {
    const answers: Answers = [['mark moving-new', 'echo "exec ended" >&2; exit 1'], ...state('moving-old')];
    const { result, steps } = await run(answers, replace);
    expect(String(result)).toMatch(/exec ended/);
    expect(steps.slice(-8)).toEqual(
      [
        ...['stop', 'switch', 'helper is gone', 'remember old', 'helper', 'back', 'helper is gone'],
        ...['start', 'forget'],
      ].slice(-8),
    );
  });

  test('and whose way back fails too: both reasons, and what may be stopped', async () => {
    const answers: Answers = [
      ['mark moving-new', 'echo "exec ended" >&2; exit 1'],
      ['mark removing-new', 'echo "no such pod" >&2; exit 1'],
      ...state('moving-old'),
    ];
    const { result, steps } = await run(answers, replace);
    expect(String(result)).toMatch(
      /exec ended[\s\S]*could not be put back[\s\S]*no such pod[\s\S]*deployment\/jaeger are stopped/,
    );
    expect(steps.at(-1)).toBe('helper is gone');
  });
});
