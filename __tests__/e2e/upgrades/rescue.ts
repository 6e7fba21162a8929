/** A claim that is deleted while its pod uses it: its data goes with the pod, unless its volume is kept. */
import { execFileSync } from 'node:child_process';
import { kubectl } from '../../cluster/cluster';
import { dataIsThere } from './data';
import { NAMESPACE, podsOf, verb } from './stack';

const CLAIM = 'jaeger-data';
/** As the stack is, and a change that would restart Jaeger. */
const NOW = { collector: { queue: { storage: '7Gi' } }, jaeger: { storage: '12Gi' } };
const RESTARTED = { ...NOW, jaeger: { ...NOW.jaeger, resources: { cpu: '21m', memory: '512Mi' } } };

/** Carries out a command as it is printed. */
async function carryOut(command: string): Promise<void> {
  const name = /^make monitor-([\w-]+)/.exec(command)?.[1];
  if (name === undefined) execFileSync('sh', ['-c', command], { stdio: 'pipe' });
  else expect(await verb(name, NOW)).toMatchObject({ code: 0 });
}

const inClaim = () => kubectl(['-n', NAMESPACE, 'get', 'pvc', CLAIM, '-o', 'jsonpath={.spec.volumeName}']);
const policyOf = (volume: string) =>
  kubectl(['get', 'pv', volume, '-o', 'jsonpath={.spec.persistentVolumeReclaimPolicy}']);
const setPolicy = (volume: string, persistentVolumeReclaimPolicy: string) =>
  kubectl(['patch', 'pv', volume, '--type=merge', '-p', JSON.stringify({ spec: { persistentVolumeReclaimPolicy } })]);

/** Its steps. */
export function rescue(): void {
  let [volume, policy] = ['', ''];
  // Volumes that are provisioned have this policy; those of the lab have not.
  beforeAll(() => {
    volume = inClaim();
    policy = policyOf(volume);
    setPolicy(volume, 'Delete');
  });
  afterAll(() => {
    if (volume !== '') setPolicy(volume, policy);
  });

  test('neither monitor-up nor monitor-down stops its pod', async () => {
    const was = podsOf('jaeger');
    kubectl(['-n', NAMESPACE, 'delete', 'pvc', CLAIM, '--wait=false']);
    for (const [name, settings] of [
      ['up', RESTARTED],
      ['down', NOW],
    ] as const)
      expect(await verb(name, settings)).toEqual({
        code: 1,
        output: expect.stringMatching(/PersistentVolumeClaim\/jaeger-data is being deleted: its data would be gone/),
      });
    expect(podsOf('jaeger')).toEqual(was);
  });

  test('the commands that monitor-status prints keep the data', async () => {
    const { code, output } = await verb('status', NOW);
    expect(code).toBe(1);
    const line =
      /PersistentVolumeClaim\/jaeger-data\n {2}cause .*being deleted.*\n {2}next +keep the data: (.*)\n/.exec(
        output,
      )?.[1];
    const commands = line?.split(' && ') ?? [];
    expect(commands).toHaveLength(5);
    for (const command of commands) await carryOut(command);
    expect(inClaim()).toBe(volume);
    await dataIsThere();
    expect((await verb('status', NOW)).code).toBe(0);
  });
}
