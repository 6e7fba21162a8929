/** What a construct is given is judged as an environment file is: the same schema, the same words, all problems at once. */
import { App } from 'cdk8s';
import { ConfigError, type EnvironmentInput, ObservabilityStack, type ObservabilityStackProps } from '../../index';
import { writeYaml } from '../../lib/yaml';
import { configFrom } from '../support';

/** The message of what is thrown. */
function refusal(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

const stack = (props: object) =>
  new ObservabilityStack(new App(), 'observability', { environment: 'test', ...props } as ObservabilityStackProps);

/** Settings that are wrong, each in a way of its own: a form, a bound, a name, a type, what does not fit together, a character. */
const WRONG: readonly object[] = [
  { collector: { replicas: 0 } },
  { collector: { queu: { size: '1Gi' } } },
  { prometheus: { retention: { time: 'a week', size: '900Gi' } } },
  { prometheus: { retention: { size: '900Gi' } } },
  { jaeger: { store: { type: 'mysql' } } },
  { janServer: { services: [{ name: 'UPPER', port: 99999 }] } },
  { grafana: { database: { type: 'postgres', passwordSecret: 'hunter2-hunter2' } } },
  { cluster: { name: 'a\u0007b' } },
  { namespace: null },
  { patches: [{ kind: 'Deployment', name: 'grafana', json: [{ op: 'add', path: 'no-pointer', value: 1 }] }] },
];

test.each(WRONG.map((settings) => [JSON.stringify(settings), settings] as const))(
  'as in a file, with the path of the property: %s',
  (_name, settings) => {
    const inFile = refusal(() => configFrom(writeYaml(settings)));
    const given = refusal(() => stack({ settings }));
    // A file has lines, and its keys no property before them.
    const asProperty = inFile.replace(/^ {2}environments\/test\.yaml(:\d+)? {2}/gm, '  observability  props.settings.');
    expect(given).toBe(asProperty);
    expect(given).not.toContain('hunter2');
  },
);

test('what shows while the stack is built names the property too, and no file that is not there', () => {
  for (const settings of [
    { patches: [{ kind: 'Deployment', name: 'grafanna', merge: {} }] },
    { alerts: { rules: { NoSuchAlert: { enabled: false } } } },
  ] satisfies EnvironmentInput[]) {
    for (const render of [
      (one: ObservabilityStack) => (one.node.root as App).synth(),
      (one: ObservabilityStack) => one.grafana.apiObjects,
    ]) {
      const message = refusal(() => render(stack({ settings })));
      expect(message).toContain('observability  props.settings.');
      expect(message).not.toContain('environments/');
    }
  }
});

test('every property is judged before the first problem is said', () => {
  const message = refusal(() =>
    stack({
      environment: 'Test',
      settings: { collector: { replicas: 0 } },
      rules: [
        { name: 'a.yaml', content: { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'sum(' }] }] } },
        { name: 'b', content: 'groups: []' },
        { name: 'c.yaml', content: 'groups:\n  - name: c\n    rulez: []\n' },
      ],
      dashboards: [
        { name: 'a.json', content: '{' },
        { name: 'b.json', content: { title: 'no uid' } },
      ],
      samplingStrategies: { default_strategy: { type: 'sometimes', param: 1 } },
    }),
  );
  for (const place of [
    'props.environment',
    'props.settings.collector.replicas',
    'props.rules[0].content.groups[0].rules[0].expr',
    'props.rules[1].name',
    'props.rules[2].content.groups[0].rulez (line 3)',
    'props.dashboards[0].content',
    'props.dashboards[1].content.uid',
    'props.samplingStrategies.default_strategy.type',
  ])
    expect(message).toContain(`  observability  ${place}`);
});

test('a metric that nothing emits is refused, and the fix names the property to declare it', () => {
  const rules = [{ name: 'a.yaml', content: { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'shop_x > 1' }] }] } }];
  const message = refusal(() => stack({ rules }));
  expect(message).toContain('observability  rules/a.yaml groups[0].rules[0].expr');
  expect(message).toContain('declare it under metrics in props.settings');
  const metrics = [{ name: 'shop_x', type: 'gauge' }];
  expect(() => stack({ rules, settings: { metrics } })).not.toThrow();
});

test('a file that settings name must be given as what it holds', () => {
  const settings = { jaeger: { samplingStrategiesFile: 'sampling/x.json' } };
  expect(refusal(() => stack({ settings }))).toContain('observability  props.samplingStrategies');
  const samplingStrategies = { default_strategy: { type: 'probabilistic', param: 1 } };
  for (const given of [settings, {}]) {
    const { jaeger } = stack({ settings: given, samplingStrategies });
    const { data } = jaeger.apiObject('ConfigMap', 'jaeger-sampling').toJson();
    expect(JSON.parse(data['strategies.json'])).toEqual(samplingStrategies);
  }
});

test('names and uids that are given twice', () => {
  const file = { name: 'a.yaml', content: { groups: [] } };
  expect(refusal(() => stack({ rules: [file, file] }))).toContain('each name once');
  const board = { name: 'b.json', content: { uid: 'b', title: 'B' } };
  expect(refusal(() => stack({ dashboards: [board, board] }))).toContain('a unique uid');
});
