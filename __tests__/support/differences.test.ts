/** The snapshots of fixtures are made by these: what is not shown there is not reviewed. */
import fc from 'fast-check';
import { compactJson } from './compact-json';
import { differences, type Texts, textOf } from './differences';
import { entriesOf, linesOf } from './entries';
import { unwrap, wrap } from './wrapped-lines';

const text = (lines: readonly string[]): Texts => new Map([['file', lines]]);
const shown = (before: string, after: string) => textOf(differences(text(before.split('\n')), text(after.split('\n'))));

const line = fc
  .tuple(fc.nat(3), fc.constantFrom('a:', '- b:', '- name: c', 'd: 1', 'd: 2', '- e', '[f]', ''))
  .map(([indent, rest]) => (rest === '' || rest === '[f]' ? rest : `${'  '.repeat(indent)}${rest}`));
const lines = fc.array(line, { maxLength: 30 });

test('a text of any indents is its entries, one below the other', () => {
  fc.assert(fc.property(lines, (all) => expect(entriesOf(all).flatMap(linesOf)).toEqual(all)));
});

test('nothing is shown of what is the same', () => {
  fc.assert(fc.property(lines, (all) => expect(differences(text(all), text(all))).toEqual([])));
});

test('every line that is new is shown, and none that is not', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const counts = (all: readonly string[]) => {
        const found = new Map<string, number>();
        for (const one of all) found.set(one.trim(), (found.get(one.trim()) ?? 0) + 1);
        return found;
      };
      const added = differences(text(before), text(after)).flatMap(({ heading, lines: below }) => {
        const times = Number(/^=== In (\d+) places/.exec(heading)?.[1] ?? 1);
        const plus = below.filter((one) => one.startsWith('+')).map((one) => one.slice(1));
        return Array.from({ length: times }, () => plus).flat();
      });
      const [old, now, plus] = [counts(before), counts(after), counts(added)];
      for (const [one, count] of now) {
        expect(plus.get(one) ?? 0).toBeGreaterThanOrEqual(count - (old.get(one) ?? 0));
        expect(plus.get(one) ?? 0).toBeLessThanOrEqual(count);
      }
    }),
  );
});

test('an entry is compared with the one of the same name, below the path to it', () => {
  const jobs = (port: number) => `jobs:\n  - job_name: a\n    port: 1\n  - job_name: b\n    port: ${port}\n    path: /`;
  expect(shown(jobs(2), jobs(3))).toBe('=== file\n@@ jobs › job_name: b\n-    port: 2\n+    port: 3\n');
});

test('of what is removed the beginning is shown, and the number of lines left out', () => {
  const job = '  - job_name: b\n    port: 2\n    path: /\n    scheme: https\n    timeout: 1s';
  expect(shown(`jobs:\n  - job_name: a\n${job}`, 'jobs:\n  - job_name: a')).toBe(
    '=== file\n@@ jobs\n-  - job_name: b\n-    … 4 lines more\n',
  );
});

test('one replacement in many places is shown once', () => {
  const pods = (namespace: string) => ['a', 'b', 'c'].map((name) => `${name}:\n  namespace: ${namespace}`).join('\n');
  expect(shown(pods('x'), pods('y'))).toBe('=== In 3 places\n-namespace: x\n+namespace: y\n');
});

test('a line of any text is as it was when its pieces are put together, and no piece is long', () => {
  const words = fc.array(fc.constantFrom('a', ' ', '|', ',', 'é', 'x'.repeat(50), ' '.repeat(90)), { maxLength: 30 });
  fc.assert(
    fc.property(words, (some) => {
      const whole = some.join('');
      const pieces = wrap(whole);
      expect(unwrap(pieces.join('\n'))).toBe(whole);
      if (whole.search(/\S/) < 30) for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(195);
    }),
  );
});

test('JSON in few lines is the same JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      expect(JSON.parse(compactJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
    ),
  );
});
