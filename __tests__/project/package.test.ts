/** The package as users have it: packed, installed in a project of their own, compiled strictly, and run. */
import { readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../support';
import { Project, pack } from './packed';

jest.setTimeout(120_000);

let packed: string;
beforeAll(() => {
  packed = realpathSync(pack());
});
afterAll(() => rmSync(packed, { recursive: true, force: true }));

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const passed = { status: 0, stdout: '', stderr: '' };

test('it holds one file of code with its map, the declarations of the public API, and the documents that npm shows', () => {
  const project = new Project(packed, 'contents');
  const files = Object.keys(project.files('node_modules/cdk8s-observability'));
  expect(files.filter((file) => !file.endsWith('.d.ts'))).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'out/index.js',
    'out/index.js.map',
    'package.json',
  ]);
  expect(files).toContain('out/index.d.ts');
  expect(files.length).toBeLessThan(25);
  const [tarball = ''] = readdirSync(packed).filter((file) => file.endsWith('.tgz'));
  expect(statSync(join(packed, tarball)).size).toBeLessThan(2 ** 20);
});

describe('the examples, as a user compiles and runs them', () => {
  const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  test.each(folders.map(({ name }) => name))('%s', (name) => {
    const project = new Project(packed, `example-${name}`);
    project.add(join(ROOT, 'examples', name));
    expect(project.compile()).toMatchObject(passed);
    expect(project.node('main.js')).toMatchObject(passed);
    const byNode = project.files('dist');
    const files = Object.keys(byNode).map(withoutHash);
    expect(files).toEqual(
      expect.arrayContaining(['observability-20-collector.k8s.yaml', 'keep/observability-keep-10-storage.k8s.yaml']),
    );
    // The same by the CLI, which runs what cdk8s.yaml names.
    const { status } = project.node(join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade=false');
    expect(status).toBe(0);
    expect(project.files('dist')).toEqual(byNode);
  });
});

/** cdk8s names a file by the chart's path and a hash of it. */
const withoutHash = (file: string) => file.replace(/-c[0-9a-f]{7}(?=\.k8s\.yaml$)/, '');

const SAME = `
import { readFileSync } from 'node:fs';
import { App } from 'cdk8s';
import { type EnvironmentInput, ObservabilityStack, synth } from 'cdk8s-observability';

for (const { environment, settings, samplingStrategies } of JSON.parse(readFileSync('environments.json', 'utf8'))) {
  const apps = [new App({ outdir: \`dist/\${environment}\` })];
  new ObservabilityStack(apps[0]!, 'stack', {
    environment,
    settings: settings as EnvironmentInput,
    samplingStrategies,
    scopeOf: (folder) => {
      const app = new App({ outdir: \`dist/\${environment}/\${folder}\` });
      apps.push(app);
      return app;
    },
  });
  for (const app of apps) process.argv[2] === 'cdk8s' ? app.synth() : synth(app);
}
`;

test('it writes the bytes that the environment files give, by its own writer and by that of cdk8s', () => {
  const environments = readdirSync(join(ROOT, 'environments')).map((file) => {
    const settings = parse(read(`environments/${file}`));
    const strategies = settings.jaeger?.samplingStrategiesFile;
    const samplingStrategies = strategies === undefined ? undefined : JSON.parse(read(strategies));
    return { environment: file.replace('.yaml', ''), settings, samplingStrategies };
  });
  const project = new Project(packed, 'same');
  project.write('environments.json', JSON.stringify(environments));
  project.write('main.ts', SAME);
  const strict = ['--strict', '--target', 'es2022', '--types', 'node'];
  expect(project.compile(...strict, '--module', 'nodenext', 'main.ts')).toMatchObject(passed);
  const committed = filesOf(join(ROOT, 'dist'));
  for (const writer of ['own', 'cdk8s']) {
    rmSync(join(project.root, 'dist'), { recursive: true, force: true });
    expect(project.node('main.js', writer)).toMatchObject(passed);
    const written = Object.entries(project.files('dist')).map(([file, text]) => [
      withoutHash(file).replace(/([^/]+)\/stack-(\1-)?/, '$1/'),
      text,
    ]);
    expect(Object.fromEntries(written)).toEqual(committed);
  }
});

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );

test('an import reads no file and no variable of the environment, writes nothing, and keeps no program running', () => {
  const project = new Project(packed, 'import');
  const folder = join(project.root, 'node_modules/cdk8s-observability');
  const watched = (code: string) => {
    const hook = join(ROOT, '__tests__/project/reads-by-import.js');
    const script = `process.env.WATCHED_FOLDER = ${JSON.stringify(folder)}; require(${JSON.stringify(hook)}); ${code}`;
    return project.node('-e', script);
  };
  expect(watched("require('cdk8s-observability')")).toMatchObject({ status: 0, stdout: '[]', stderr: '' });
  // The watch sees what it is there for.
  project.write(
    'node_modules/cdk8s-observability/reader.js',
    "require('fs').existsSync('x'); require('fs').readFileSync(__filename); process.env.HOME; Object.keys(process.env);",
  );
  expect(JSON.parse(watched(`require(${JSON.stringify(join(folder, 'reader.js'))})`).stdout)).toEqual([
    'fs.existsSync',
    'fs.readFileSync',
    'env HOME',
    'env',
  ]);
});

describe('the ways to import it', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project(packed, 'ways');
  });
  const names = ['ConfigError', 'ObservabilityStack', 'synth'];

  test('from CommonJS and from an ES module', () => {
    expect(project.node('-p', "Object.keys(require('cdk8s-observability')).sort().join()").stdout.trim()).toBe(
      names.join(),
    );
    const esm = `import { ${names.join(', ')} } from 'cdk8s-observability'; console.log(typeof ObservabilityStack, typeof synth);`;
    expect(project.node('--input-type=module', '-e', esm).stdout.trim()).toBe('function function');
  });

  test('nothing but what index.ts exports', () => {
    for (const path of ['out/index.js', 'out/config/problems', 'lib/yaml'])
      expect(project.node('-e', `require('cdk8s-observability/${path}')`).stderr).toContain(
        'ERR_PACKAGE_PATH_NOT_EXPORTED',
      );
  });

  test.each([
    ['nodenext', 'nodenext'],
    ['commonjs', 'bundler'],
    ['esnext', 'bundler'],
  ])('its types are found with module %s and moduleResolution %s', (module, resolution) => {
    project.write(
      'types.ts',
      "import type { ObservabilityStack } from 'cdk8s-observability';\nexport type X = ObservabilityStack;\n",
    );
    const options = [
      '--strict',
      '--noEmit',
      '--module',
      module,
      '--moduleResolution',
      resolution,
      '--target',
      'es2022',
    ];
    expect(project.compile(...options, '--types', 'node', 'types.ts')).toMatchObject(passed);
  });

  test('its types are those of the schema: a misspelt key does not compile', () => {
    const app = (settings: string) =>
      `import { App } from 'cdk8s';\nimport { ObservabilityStack } from 'cdk8s-observability';\nnew ObservabilityStack(new App(), 'x', { environment: 'x', settings: ${settings} });\n`;
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    project.write('wrong.ts', app('{ collector: { replica: 2 } }'));
    expect(project.compile(...options, 'wrong.ts').stdout).toContain(
      "'replica' does not exist in type 'CollectorInput'",
    );
    project.write('right.ts', app('{ collector: { replicas: 2 } }'));
    expect(project.compile(...options, 'right.ts')).toMatchObject(passed);
  });
});

test('with a second copy of cdk8s it says so, rather than to write nothing', () => {
  const project = new Project(packed, 'copies');
  project.copyOwn('cdk8s', 'node_modules/cdk8s-observability/node_modules');
  const { status, stderr } = project.node(
    '-e',
    "const { App } = require('cdk8s'); const { ObservabilityStack } = require('cdk8s-observability'); new ObservabilityStack(new App(), 'x', { environment: 'x' });",
  );
  expect(status).toBe(1);
  expect(stderr).toContain('another copy of cdk8s');
});
