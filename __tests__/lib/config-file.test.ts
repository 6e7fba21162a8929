import { toYaml } from '../../lib/config-file';

test('YAML that Go reads as it was meant: words stay words, nothing folds, nothing is aliased', () => {
  const shared = { on: 'yes', time: '12:30:45', octal: '0o14', long: 'x '.repeat(100).trim() };
  const text = toYaml({ a: shared, b: shared });
  expect(text).not.toMatch(/[&*]a1/);
  expect(text).toContain('"yes"');
  expect(text).toContain('"12:30:45"');
  expect(text).toContain(shared.long);
});
