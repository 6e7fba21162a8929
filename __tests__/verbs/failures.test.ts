/** A failure of kubectl is not the answer that nothing is there. */
import { LAB, standIn } from './stand-in/stand-in';

jest.setTimeout(300_000);

const AWAY = 'The connection to the server lab.example.com was refused - did you specify the right host or port?';
const forbidden = (what: string) => `Error from server (Forbidden): ${what} is forbidden: User "me" cannot do that`;
const CONTEXT = 'lab';

const SECRET = 'basicAuth: { username: a, passwordSecret: { name: store, key: password } }';
const scene = standIn(
  `janServer: {}\nprometheus: { remoteWrite: [{ name: store, url: 'https://store.example.com/push', ${SECRET} }] }\n`,
);
const { begin, run, calls } = scene;
const secret = { kind: 'Secret', metadata: { name: 'store', namespace: 'jan-monitoring' }, data: { password: '' } };
const namespace = { kind: 'Namespace', metadata: { name: 'jan-monitoring' } };

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

beforeAll(async () => {
  scene.put(LAB, [namespace, secret]);
  expect(await run('up', { CONTEXT })).toEqual({ code: 0, output: expect.stringContaining('Everything is ready') });
});

/** The commands of a verb, each once. */
async function commandsOf(verb: string): Promise<readonly string[]> {
  begin({});
  const { code, output } = await run(verb, { CONTEXT, FOLLOW: 'no' });
  if (code !== 0) throw new Error(output);
  return [...new Set(calls().map(({ line }) => line))];
}

// What monitor-up asks once it has applied is asked again for half a minute, as the cluster tests show.
test.each(['up', 'status', 'logs'])('%s: whichever command finds the API server away, the verb fails', async (verb) => {
  const commands = await commandsOf(verb);
  const first = commands.indexOf('apply');
  const checked = first < 0 ? commands : commands.slice(0, first + 1);
  expect(checked.length).toBeGreaterThan(3);
  for (const line of checked) {
    begin({ failures: [{ match: `^${escaped(line)}$`, stderr: AWAY }] });
    const { code, output } = await run(verb, { CONTEXT, FOLLOW: 'no' });
    expect([line, code, output]).toEqual([line, 1, expect.stringMatching(/was refused/)]);
    expect(output).not.toMatch(/missing in namespace|No container|user .* cannot/);
  }
});

test('down: what may not be listed or deleted is printed, with the command for an administrator', async () => {
  begin({ failures: [{ match: '^get clusterrole', stderr: forbidden('clusterroles') }] });
  const { code, output } = await run('down', { CONTEXT });
  expect(code).toBe(0);
  expect(output).toContain(
    'objects outside the namespace may be left, because you cannot list them; an administrator can: kubectl --context lab get clusterroles,clusterrolebindings -A -l app.kubernetes.io/part-of=cdk8s-observability,app.kubernetes.io/instance=jan-monitoring',
  );
  begin({ failures: [{ match: '^delete clusterrole', stderr: forbidden('clusterroles') }] });
  expect(await run('down', { CONTEXT })).toEqual({
    code: 0,
    output: expect.stringMatching(
      /not deleted, because you lack the permission; an administrator can: kubectl --context lab delete --ignore-not-found clusterrole\//,
    ),
  });
});

test('down: whichever command finds the API server away, the verb fails, and counts nothing as removed', async () => {
  const rights = () => scene.objects(LAB).filter((name) => /ClusterRole/.test(name));
  expect(rights()).not.toEqual([]);
  const fails = async (line: string) => {
    begin({ failures: [{ match: `^${line}`, stderr: AWAY }] });
    expect(await run('down', { CONTEXT })).toEqual({ code: 1, output: expect.stringMatching(/was refused[\s\S]*fix/) });
  };
  for (const line of ['get clusterroles', 'get clusterrolebindings', 'delete clusterrole']) await fails(line);
  expect(rights()).not.toEqual([]);
  for (const line of ['get daemonsets', 'get rolebindings']) await fails(line);
  begin({});
  expect((await run('down', { CONTEXT })).code).toBe(0);
  expect(rights()).toEqual([]);
});

test('logs: one that breaks off is printed with its reason, and read again', async () => {
  begin({});
  await run('up', { CONTEXT });
  begin({ failures: [{ match: '^logs grafana', stderr: AWAY }] });
  const verb = scene.start('logs', { CONTEXT });
  await verb.printed(/^grafana +\| \(the log cannot be read: .*was refused.*; retrying\)$/m);
  begin({});
  await verb.printed(/^grafana +\| a line from/m);
  expect(verb.output().match(/cannot be read/g)).toHaveLength(1);
  verb.child.kill('SIGINT');
  expect(await verb.ended).toBe(130);
});
