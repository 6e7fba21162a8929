/** Grafana, of which no server could be had: its files fit their schemas, every datasource exists, and Prometheus' own parser reads every query. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { programPath } from '../../cache';
import { ask } from '../../commands';
import { dashboardsOf, datasourcesOf, grafanaFiles, type Query, queriesOf } from '../dashboards';
import type { ManifestSet } from '../manifests';
import { alertingSchema, dashboardSchema, datasourcesSchema, pluginsSchema, providersSchema } from '../schemas/grafana';
import { problemsOf } from '../schemas/problems';
import { type Judgement, judgementOf, type Ruling } from '../verdicts';

/** The schema of a provisioning file, by what it holds. */
const SCHEMAS = {
  datasources: datasourcesSchema,
  providers: providersSchema,
  contactPoints: alertingSchema,
  groups: alertingSchema,
  apps: pluginsSchema,
};

/** Judges what each Grafana reads. */
export async function judgeGrafana(set: ManifestSet): Promise<Ruling> {
  const uids = datasourcesOf(set);
  const dashboards = [...dashboardsOf(set)];
  const provisioned = grafanaFiles(set, '.yaml').map(({ path, text }) => ({ path, content: parse(text) as object }));
  const files = [
    ...provisioned.map(({ path, content }) => provisioning(path, content)),
    ...together(provisioned.map(({ content }) => content)),
    ...dashboards.map(([path, dashboard]) => judgementOf(path, problemsOf(dashboardSchema, dashboard))),
  ];
  const queries = dashboards.flatMap(([, dashboard]) => queriesOf(dashboard, variablesOf(dashboard)));
  return { judgements: [...files, ...queries.map((query) => datasource(query, uids)), ...(await parsed(queries))] };
}

/** Rules of several files are in one folder: their names must be different there too. */
function together(contents: readonly { readonly groups?: readonly object[] }[]): Judgement[] {
  const groups = contents.flatMap((content) => content.groups ?? []);
  if (groups.length === 0) return [];
  return [judgementOf('alert rules of all files', problemsOf(alertingSchema, { apiVersion: 1, groups }))];
}

/** Any value will do for a parser. */
const variablesOf = ({ templating }: { templating?: { list?: readonly { name: string }[] } }) =>
  Object.fromEntries((templating?.list ?? []).map(({ name }) => [name, 'value']));

function provisioning(path: string, content: object): Judgement {
  const found = Object.entries(SCHEMAS).find(([key]) => key in content);
  if (found === undefined) return { subject: path, problem: `holds none of ${Object.keys(SCHEMAS).join(', ')}` };
  return judgementOf(path, problemsOf(found[1], content));
}

function datasource({ place, uid, expr }: Query, uids: ReturnType<typeof datasourcesOf>): Judgement {
  const type = uid === undefined ? undefined : uids.get(uid)?.type;
  const subject = `datasource of ${place}`;
  if (type === undefined) return { subject, problem: `no datasource ${uid} is provisioned` };
  const isRight = (type === 'prometheus') === (expr !== undefined);
  return { subject, problem: isRight ? null : `a datasource of type ${type} is asked ${expr ?? 'for traces'}` };
}

/** As rules of a file, one for each query: promtool tells which it cannot read. */
async function parsed(queries: readonly Query[]): Promise<Judgement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'queries-'));
  try {
    const rules = queries.flatMap(({ place, expr }) => (expr === undefined ? [] : [{ place, expr }]));
    const file = join(folder, 'queries.json');
    const check = async (some: readonly { expr: string }[]) => {
      const records = some.map(({ expr }, index) => ({ record: `query${index}`, expr }));
      writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules: records }] }));
      return ask(programPath('promtool'), ['check', 'rules', '--lint=none', file]);
    };
    const subjects = rules.map(({ place }) => `query of ${place}`);
    if ((await check(rules)).code === 0) return subjects.map((subject) => ({ subject, problem: null }));
    const judgements: Judgement[] = [];
    for (const { place, expr } of rules) {
      const { code, output } = await check([{ expr }]);
      judgements.push({ subject: `query of ${place}`, problem: code === 0 ? null : `${expr}: ${output.trim()}` });
    }
    return judgements;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
