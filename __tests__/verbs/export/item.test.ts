import { contentsOf } from '../../../verbs/export/contents';
import { collect } from '../../../verbs/export/item';
import { KubectlError } from '../../../verbs/kubectl-error';

const never = new AbortController().signal;
const item = (path: string, read: () => unknown) => ({ path, about: `about ${path}`, read });

test('an item that cannot be read ends nothing, and the contents list it with the reason', async () => {
  const forbidden = new KubectlError(['get'], 'Error from server (Forbidden): nodes is forbidden: a | b');
  const collected = await collect(
    [
      item('b', () => 'text'),
      item('a', () => {
        throw forbidden;
      }),
      item('c', () => Promise.resolve({ key: 1 })),
    ],
    (_path, content) => JSON.stringify(content),
    never,
  );
  expect(collected.files.map(({ path, text }) => [path, text])).toEqual([
    ['b', '"text"'],
    ['c', '{"key":1}'],
  ]);
  const contents = contentsOf('Export', collected, { addresses: 2, emails: 0 });
  expect(contents).toContain('| b | about b | 6 |');
  expect(contents).toContain('| a | about a | Error from server (Forbidden): nodes is forbidden: a \\| b |');
});

test('texts are made in the order of the items, however long each took to read', async () => {
  const order: string[] = [];
  const items = [30, 1, 20].map((wait) =>
    item(`${wait}`, () => new Promise((resolve) => setTimeout(() => resolve(`${wait}`), wait))),
  );
  const textOf = (path: string) => {
    order.push(path);
    return path;
  };
  await collect(items, textOf, never);
  expect(order).toEqual(['30', '1', '20']);
});
