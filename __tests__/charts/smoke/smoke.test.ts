/** The Job of the smoke test: what it checks in which environment, and how it is rendered. */
import { App } from 'cdk8s';
import { ObservabilityStack } from '../../../library/stack';
import { manifestsOf } from '../../../stack/checks/manifest';
import { find, fixtures, render, stackFrom } from '../../support';

interface JobSpec {
  readonly backoffLimit: number;
  readonly ttlSecondsAfterFinished: number;
  readonly template: {
    readonly spec: {
      readonly automountServiceAccountToken: boolean;
      readonly restartPolicy: string;
      readonly initContainers: readonly { readonly restartPolicy: string; readonly image: string }[];
      readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value?: string }[] }[];
    };
  };
}
const jobOf = (manifests: ReturnType<typeof render>) => find(manifests, 'Job', 'monitor-test');
const variable = (text: string, name: string) =>
  (jobOf(render(text)).spec as JobSpec).template.spec.containers[0]?.env.find((entry) => entry.name === name)?.value;
const checks = (text: string) => (variable(text, 'CHECKS') ?? '').split(' ');

describe('the checks', () => {
  const ALL = checks('');

  test('by default: all but notifications, since there is no receiver', () => {
    expect(ALL).toHaveLength(12);
    expect(ALL).not.toContain('notifications');
    const receiver = '{type: webhook, name: a, url: "http://a.example.com/"}';
    expect(checks(`alertmanager: {receivers: [${receiver}]}`)).toContain('notifications');
    expect(checks('alertmanager: {deadMansSwitch: {url: "http://a.example.com/"}}')).toContain('notifications');
  });

  test.each([
    ['alertmanager: {enabled: false}', ['watchdog']],
    ['alerts: {evaluatedBy: grafana}', ['watchdog']],
    ['alerts: {rules: {Watchdog: {enabled: false}}}', ['watchdog']],
    ['kubelet: {enabled: false}', ['claims']],
    ['smokeTest: {skip: [claims, clocks]}', ['claims', 'clocks']],
  ])('%s', (text, off) => expect(checks(text)).toEqual(ALL.filter((name) => !off.includes(name))));

  test('each is repeated for two scrapes, and until an alert was sent again', () => {
    expect(variable('', 'WAIT')).toBe('100');
    expect(variable('prometheus: {scrapeInterval: 2m}', 'WAIT')).toBe('270');
  });
});

/** A rule about graphs: the script asks for one moment. */
const FOR_PANELS = /^fixed-range:/m;

describe('the expressions', () => {
  const environments = [{ name: 'default', text: '' }, ...fixtures()];

  test.each(environments)('$name: they ask for what is recorded, by the names of the catalogue', ({ text }) => {
    const stack = stackFrom(text);
    const [files] = manifestsOf([stack.hooks]).filter(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'monitor-test',
    );
    const known = checks(text).flatMap((name) => ['known', 'problems'].map((file) => `${name}.${file}`));
    const asked = Object.entries(files?.data ?? {}).filter(([file]) => known.includes(file));
    expect(asked.length).toBeGreaterThanOrEqual(6);
    for (const [file, expression] of asked) stack.rules.expressions.addPanel(file, expression);
    const problems = stack.rules.expressions
      .panelProblems()
      .filter((problem) => /\.(problems|known):/.test(problem) && !FOR_PANELS.test(problem));
    expect(problems).toEqual([]);
  });
});

describe('the Job', () => {
  test('is run once, deleted after an hour, and a hook of Argo CD', () => {
    const { metadata, spec } = jobOf(render('')) as { metadata: object; spec: JobSpec };
    expect(spec).toMatchObject({ backoffLimit: 0, ttlSecondsAfterFinished: 3600 });
    expect(spec.template.spec).toMatchObject({ automountServiceAccountToken: false, restartPolicy: 'Never' });
    expect(spec.template.spec.initContainers).toMatchObject([
      { restartPolicy: 'Always', image: expect.stringContaining('opentelemetry-collector-contrib') },
    ]);
    expect(metadata).toMatchObject({
      annotations: {
        'argocd.argoproj.io/hook': 'PostSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
    });
  });

  test('is in a folder of its own, without which there is neither a Job nor a rule of the network for it', () => {
    const hooks = manifestsOf([stackFrom('').hooks]).map(({ kind }) => kind);
    expect(hooks).toEqual(['ConfigMap', 'ConfigMap', 'ServiceAccount', 'Job']);
    const off = JSON.stringify(render('smokeTest: {enabled: false}'));
    expect(off).not.toContain('monitor-test');
    const one = new ObservabilityStack(new App({ outdir: 'unused' }), 'o', { environment: 'test' });
    expect(one.prometheus.apiObjects).not.toHaveLength(0);
    const ids = one.node.findAll().map(({ node }) => node.id);
    expect(ids).toContain('policy-prometheus');
    expect(ids).not.toContain('policy-monitor-test');
  });
});
