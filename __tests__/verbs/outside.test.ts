/** Without rights in Jan Server's namespace, everything else is done. */
import { LAB, standIn } from './stand-in/stand-in';

jest.setTimeout(300_000);

const CONTEXT = 'lab';
const scene = standIn('janServer: { namespace: shop }\n');
const { begin, run, put, objects } = scene;
const inShop = () => objects(LAB).filter((name) => /^shop Role/.test(name));
const NOTE =
  /You cannot change Roles in the namespace shop, .* kubectl --context lab apply --server-side --force-conflicts -f dist\/test\/jan-server\n/;

// As the API server answers such a user.
const failures = [
  { match: '^get namespace shop', stderr: 'Error from server (Forbidden): namespaces "shop" is forbidden' },
];

test.each([
  ['up', 'create roles shop'],
  ['up', 'get rolebindings shop'],
  ['diff', 'patch roles shop'],
])('monitor-%s, and %s is denied: a note, and all else is done', async (verb, denied) => {
  put(LAB, [{ kind: 'Namespace', metadata: { name: 'shop' } }]);
  begin({ denied, failures });
  expect(await run(verb, { CONTEXT })).toEqual({ code: 0, output: expect.stringMatching(NOTE) });
  expect(inShop()).toEqual([]);
});

test('with them, its objects are applied and deleted', async () => {
  begin({});
  const { code, output } = await run('up', { CONTEXT });
  expect([code, output]).toEqual([0, expect.not.stringMatching(NOTE)]);
  expect(inShop()).not.toEqual([]);
  expect((await run('down', { CONTEXT })).code).toBe(0);
  expect(inShop()).toEqual([]);
});
