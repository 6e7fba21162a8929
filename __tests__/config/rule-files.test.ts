/** Rule files: what Prometheus loads is taken, and what it refuses is refused with its place. `__tests__/lab` asks promtool about the same. */
import { parse } from 'yaml';
import { readRuleFile } from '../../config/files/rules';
import type { Problem } from '../../config/problems';
import { expressionProblems } from '../../stack/expression-checks';
import { configFile, configFrom, render } from '../support';
import { LOADED, REFUSED_FILES } from './rule-file-cases';

const read = (text: string) => readRuleFile('rules/own.yaml', 'own.yaml', text);

function problemsOf(text: string): readonly Problem[] {
  const file = read(text);
  return file.ok ? expressionProblems([configFrom('')], { rules: [file.value], dashboards: [] }) : file.problems;
}

test.each(REFUSED_FILES)('%s is refused', (_what, text, path, allowed) => {
  const [problem, ...others] = problemsOf(text);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ file: 'rules/own.yaml', path, line: expect.any(Number) });
  expect(problem?.allowed).toMatch(allowed);
  expect(problem?.fix).not.toBe('');
});

test.each(LOADED)('%s is taken', (_what, text) => expect(problemsOf(text)).toEqual([]));

test('numbers and empty fields reach Prometheus as the texts that Go makes of them', () => {
  const file = read(
    'groups: [{name: a, limit: 3, rules: [{alert: A, expr: up == 0, for: 0, labels: {tier: 2.10, on: yes, none: }}]}]',
  );
  if (!file.ok) throw new Error('refused');
  const rendered = configFile<{ groups: unknown }>(
    render('', { rules: [file.value] }),
    'prometheus-rules-user',
    'user-own.yaml',
  );
  expect(rendered.groups).toEqual([
    {
      name: 'a',
      limit: 3,
      rules: [{ alert: 'A', expr: 'up == 0', for: '0', labels: { tier: '2.10', on: 'yes', none: '' } }],
    },
  ]);
  expect(parse('x: "0"')).toEqual({ x: '0' });
});

test('no comment allows what Prometheus refuses', () => {
  const text =
    'groups: [{name: a, rules: [{alert: A, expr: "sum(up) # allow type, syntax\\n> vector(1)[5m:]", for: 5m}]}]';
  expect(problemsOf(text)).not.toEqual([]);
});
