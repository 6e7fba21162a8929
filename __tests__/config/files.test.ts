/** What may stand in the folders of a project: every odd thing is a problem with its file, and none makes a run hang. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadVariables } from '../../config/load-variables';
import { ConfigError } from '../../config/problems';
import { loadEnvironments } from '../../stack/load';

let root: string;
let outside: string;
const path = (...parts: string[]) => {
  const whole = join(root, ...parts);
  mkdirSync(dirname(whole), { recursive: true });
  return whole;
};
const messageOf = (load: () => unknown): string => {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  return '';
};
const failure = () => messageOf(() => loadEnvironments(root));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cdk8s-observability-'));
  outside = mkdtempSync(join(tmpdir(), 'cdk8s-observability-outside-'));
  writeFileSync(path('environments/development.yaml'), '');
});
afterEach(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
});

const PLACES = [
  'environments/x.yaml',
  'rules/x.yaml',
  'dashboards/x.json',
  'sampling/x.json',
  '.env.local',
  '.env.docker',
];

describe.each(PLACES)('%s', (file) => {
  const load = () => {
    if (file.startsWith('.env')) return messageOf(() => loadVariables(root, {}));
    if (file.startsWith('sampling'))
      writeFileSync(path('environments/development.yaml'), `jaeger: {samplingStrategiesFile: ${file}}`);
    return failure();
  };
  const expectProblem = (message: RegExp) => {
    const text = load();
    expect(text).toContain(`  ${file}\n`);
    expect(text).toMatch(message);
    expect(text).toMatch(/fix {6}\S/);
  };

  test('a named pipe', () => {
    execFileSync('mkfifo', [path(file)]);
    expectProblem(/a regular file/);
  });

  test('a folder', () => {
    mkdirSync(path(file), { recursive: true });
    expectProblem(/a regular file/);
  });

  test('a socket', async () => {
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(path(file), () => resolve(listening));
    });
    try {
      expectProblem(/a regular file/);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('a link to a device', () => {
    symlinkSync('/dev/zero', path(file));
    expectProblem(/link to a place outside|a regular file/);
  });

  test('a link that leads to itself', () => {
    symlinkSync(path(file), path(file));
    if (file.startsWith('sampling')) expect(load()).toContain(`create ${file}`);
    else expectProblem(/points to itself/);
  });

  test('a link to nothing', () => {
    symlinkSync(join(root, 'nothing'), path(file));
    if (file.startsWith('sampling')) expect(load()).toContain(`create ${file}`);
    else expectProblem(/a broken link/);
  });

  test('a file without end', () => {
    writeFileSync(path(file), '');
    truncateSync(path(file), 2 ** 33);
    expectProblem(/value {4}8589934592 bytes[\s\S]*at most 4194304 bytes/);
  });

  test('a file in another encoding', () => {
    writeFileSync(path(file), Buffer.from('a: caf\u00e9', 'latin1'));
    expectProblem(/text in UTF-8/);
  });
});

test.each(PLACES.slice(0, 4))(
  '%s: a link out of the project is refused, and nothing of its target is shown',
  (file) => {
    writeFileSync(join(outside, 'shadow'), 'root:*:19000:0:hunter2\nhunter2: [\n');
    symlinkSync(join(outside, 'shadow'), path(file));
    writeFileSync(
      path('environments/development.yaml'),
      file.startsWith('sampling') ? `jaeger: {samplingStrategiesFile: ${file}}` : '',
    );
    expect(failure()).toMatch(/link to a place outside[\s\S]*copy the file into the project/);
    expect(failure()).not.toContain('hunter2');
  },
);

test('a folder that leads out of the project, to nothing, or is a file', () => {
  symlinkSync(outside, path('rules'));
  symlinkSync(join(root, 'nothing'), path('dashboards'));
  expect(failure()).toMatch(/rules\/\n.*link to a place outside/);
  expect(failure()).toMatch(/dashboards\/\n.*\n.*a broken link/);
  rmSync(path('rules'));
  writeFileSync(path('rules'), '');
  expect(failure()).toMatch(/rules\/\n.*ENOTDIR\n.*a folder/);
});

test('a link inside the project is a file like others', () => {
  writeFileSync(path('common/base.yaml'), 'namespace: linked');
  symlinkSync('../common/base.yaml', path('environments/linked.yaml'));
  mkdirSync(path('common/rules'));
  writeFileSync(path('common/rules/a.yaml'), 'groups: []');
  symlinkSync('common/rules', path('rules'));
  expect(loadEnvironments(root)).toMatchObject([{}, { namespace: 'linked', rules: [{ name: 'a.yaml' }] }]);
});

test('a byte order mark, as editors write it, is no part of the text', () => {
  writeFileSync(path('environments/development.yaml'), '\ufeffnamespace: a');
  writeFileSync(path('dashboards/a.json'), '\ufeff{"title": "A", "uid": "a"}');
  expect(loadEnvironments(root)).toMatchObject([
    { namespace: 'a', dashboards: [{ text: '{"title": "A", "uid": "a"}' }] },
  ]);
});

test.each([
  'title: A\nuid: a\n',
  '{"title": "A", "uid": "a",}',
  '{title: A, uid: a}',
  '{"title": "A", "uid": "a"} # a',
])('a dashboard that is YAML and no JSON: %j', (text) => {
  writeFileSync(path('dashboards/a.json'), text);
  expect(failure()).toMatch(/dashboards\/a\.json\n {4}allowed {2}JSON/);
});

test('a pipe of variables that ENV_FILE names is read to its end', () => {
  execFileSync('mkfifo', [path('pipe')]);
  spawn('sh', ['-c', 'printf "GRAFANA_PORT=3002\\n" > "$0"', path('pipe')], { stdio: 'ignore' });
  expect(loadVariables(root, { ENV_FILE: 'pipe' })).toMatchObject({ GRAFANA_PORT: 3002 });
});

test('names that every object of JavaScript has, in rules and dashboards', () => {
  const rule = (expr: string) =>
    `groups: [{name: a, rules: [{alert: A, expr: '${expr}', labels: {constructor: x, toString: y}}]}]`;
  writeFileSync(path('rules/a.yaml'), rule('up{constructor="a"} > 1'));
  expect(failure()).toMatch(/has no label constructor/);
  writeFileSync(path('rules/a.yaml'), rule('toString > 1'));
  expect(failure()).toMatch(/emits toString/);
  writeFileSync(path('rules/a.yaml'), rule('valueOf(up) > 1'));
  expect(failure()).toMatch(/PromQL|function/);
  writeFileSync(path('rules/a.yaml'), rule('up == 0'));
  expect(loadEnvironments(root)[0]?.rules[0]?.content.groups[0]?.rules[0]?.labels).toEqual({
    constructor: 'x',
    toString: 'y',
  });
  writeFileSync(
    path('rules/a.yaml'),
    'groups: [{name: a, rules: [{alert: A, expr: up == 0, labels: {__proto__: x}}]}]',
  );
  expect(failure()).toMatch(/labels\.__proto__[\s\S]*cannot be kept/);
});

test('text with line separators in rules and dashboards is passed on, half of a surrogate pair is not', () => {
  writeFileSync(
    path('rules/a.yaml'),
    'groups: [{name: a, rules: [{alert: A, expr: up == 0, annotations: {summary: "a\\Lb\\x7f"}}]}]',
  );
  writeFileSync(path('dashboards/a.json'), JSON.stringify({ title: 'a\u2028b\u0085', uid: 'a' }));
  const [config] = loadEnvironments(root);
  expect(config?.rules[0]?.content.groups[0]?.rules[0]).toMatchObject({ annotations: { summary: 'a\u2028b\u007f' } });
  expect(JSON.parse(config?.dashboards[0]?.text ?? '')).toMatchObject({ title: 'a\u2028b\u0085' });
  writeFileSync(
    path('rules/a.yaml'),
    'groups: [{name: a, rules: [{alert: A, expr: up == 0, annotations: {summary: "\\ud800"}}]}]',
  );
  expect(failure()).toMatch(/U\+D800/);
});
