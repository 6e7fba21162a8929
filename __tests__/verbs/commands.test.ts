import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsFor, DOCUMENTED, quoted } from '../../verbs/commands';
import { ROOT } from '../support';

test('a printed command reaches the cluster and the environment of its verb', () => {
  const { kubectl, make } = commandsFor({ context: 'prod', variables: { ENVIRONMENT: 'production', CONTEXT: null } });
  expect(kubectl('-n mon get pods')).toBe('kubectl --context prod -n mon get pods');
  expect(make('monitor-down-v', 'DELETE=prod')).toBe('make monitor-down-v ENVIRONMENT=production DELETE=prod');
  expect(DOCUMENTED.kubectl('get pods')).toBe('kubectl get pods');
  expect(DOCUMENTED.make('monitor-up')).toBe('make monitor-up');
});

test.each([
  ['arn:aws:eks:eu-west-1:123:cluster/a', 'arn:aws:eks:eu-west-1:123:cluster/a'],
  ['my cluster', "'my cluster'"],
  ["it's $(rm)", "'it'\\''s $(rm)'"],
])('%s is one word for a shell', (name, word) => expect(quoted(name)).toBe(word));

test('no message of a verb has a command that goes to the current context', () => {
  // `kubectl config` is about contexts themselves.
  const bare = /['`"][^'`"]*\b(kubectl (?!config|has|cannot|exited|is |on |:)[a-z-]+|make monitor-)/;
  const found = readdirSync(join(ROOT, 'verbs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      readFileSync(join(ROOT, 'verbs', file), 'utf8')
        .split('\n')
        .filter((line) => bare.test(line) && !/^\s*(\/?\*|\/\/)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});
