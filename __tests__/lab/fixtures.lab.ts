/** What only the fixtures have (other stores, Kafka, every option) is judged too, by the judges that look into configurations. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILE_JUDGES } from '../../lab/conformance/conformance';
import { readManifests } from '../../lab/conformance/manifests';
import { type Judgement, verdictOf } from '../../lab/conformance/verdicts';
import { buildStack, synthStack } from '../../stack/apps';
import { configFrom, fixtures } from '../support';

const AMTOOL = 'amtool check-config';
const JUDGES = [
  'otelcol validate',
  'promtool check and test',
  AMTOOL,
  'jaeger validate, and start',
  'schema of Jaeger 2.20',
  'Grafana: schemas, data sources, queries',
];
const NETWORK = 'NetworkPolicies against configurations';

/** Narrows addresses to ranges, and opens ports to others: that is said in no program's configuration. */
const BY_RANGES = ['everything'];
/** Alerts go to an Alertmanager of somebody else's, or are Grafana's own. */
const WITHOUT_ALERTMANAGER = ['exporters-off', 'grafana-alerting'];
/** Its policies are Cilium's, which no program here knows. */
const FOREIGN = ['cilium'];

const outdir = mkdtempSync(join(tmpdir(), 'fixtures-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const problemsIn = (judgements: readonly Judgement[] = []) => judgements.filter(({ problem }) => problem !== null);

describe.each(fixtures())('$name', ({ name, text }) => {
  const folder = join(outdir, name);
  const generic = join(outdir, `${name}-generic`);
  let alerts: Parameters<typeof readManifests>[1] = [];
  beforeAll(() => {
    const config = configFrom(text);
    const stack = buildStack(config, folder);
    synthStack(stack);
    alerts = stack.rules.alerts;
    // The judge asks for the names of a usual cluster; other platforms have their own DNS.
    synthStack(buildStack({ ...config, platform: 'generic' }, generic));
  });

  test.each(JUDGES)('%s', async (judge) => {
    const ruling = await FILE_JUDGES[judge]?.(readManifests(folder, alerts));
    expect(problemsIn(ruling?.judgements)).toEqual([]);
    const isAbsent = judge === AMTOOL && WITHOUT_ALERTMANAGER.includes(name);
    expect(ruling && verdictOf(ruling)).toBe(isAbsent ? 'NOT JUDGED' : 'passed');
  });

  if (BY_RANGES.includes(name)) return;
  test(NETWORK, async () => {
    const ruling = await FILE_JUDGES[NETWORK]?.(readManifests(generic));
    expect(problemsIn(ruling?.judgements)).toEqual([]);
    expect(ruling && verdictOf(ruling)).toBe(FOREIGN.includes(name) ? 'NOT JUDGED' : 'passed');
  });
});
