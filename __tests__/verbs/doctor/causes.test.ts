/** The causes, and the page that is made of them. */
import { DOCUMENTED } from '../../../verbs/commands';
import { SECTIONS } from '../../../verbs/doctor/cause';
import { CAUSES } from '../../../verbs/doctor/causes';
import { stackFrom } from '../../support';

const at = { commands: DOCUMENTED, places: stackFrom('namespace: mon\n').places };

test('an id stands for one cause, and is an anchor', () => {
  const ids = CAUSES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  for (const id of ids) expect(Object.keys(SECTIONS)).not.toContain(id);
});

test.each(CAUSES.map((cause) => [cause.id, cause] as const))('%s: texts that a reader can use', (_id, cause) => {
  const { part, cause: says, next } = cause.exampleOf(at);
  expect(part).toMatch(/^[A-Z][A-Za-z]+(\/[a-z0-9.-]+)+( .+)?$/);
  for (const text of [cause.title, cause.meaning, cause.found, says, next]) {
    expect(text.trim()).toBe(text);
    expect(text).not.toMatch(/undefined|null|\[object|\n/);
    expect(text.length).toBeGreaterThan(5);
  }
  for (const text of [cause.meaning, cause.found]) expect(text).toMatch(/[.]$/);
});
