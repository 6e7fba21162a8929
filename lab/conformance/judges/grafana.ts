/** Grafana without a server: its files match their schemas, every data source exists, and Prometheus' parser accepts every query. */
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

/** The schema of a provisioning file, by its top-level key. */
const SCHEMAS = {
  datasources: datasourcesSchema,
  providers: providersSchema,
  contactPoints: alertingSchema,
  groups: alertingSchema,
  apps: pluginsSchema,
};

/** Judges the files of each Grafana. */
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

/** Rules of several files share one folder, so their names must be unique across files. */
function together(contents: readonly { readonly groups?: readonly object[] }[]): Judgement[] {
  const groups = contents.flatMap((content) => content.groups ?? []);
  if (groups.length === 0) return [];
  return [judgementOf('alert rules of all files', problemsOf(alertingSchema, { apiVersion: 1, groups }))];
}

/** The parser accepts any value. */
const variablesOf = ({ templating }: { templating?: { list?: readonly { name: string }[] } }) =>
  Object.fromEntries((templating?.list ?? []).map(({ name }) => [name, 'value']));

function provisioning(path: string, content: object): Judgement {
  const found = Object.entries(SCHEMAS).find(([key]) => key in content);
  if (found === undefined) return { subject: path, problem: `has none of the keys ${Object.keys(SCHEMAS).join(', ')}` };
  return judgementOf(path, problemsOf(found[1], content));
}

function datasource({ place, uid, expr }: Query, uids: ReturnType<typeof datasourcesOf>): Judgement {
  const type = uid === undefined ? undefined : uids.get(uid)?.type;
  const subject = `data source of ${place}`;
  if (type === undefined) return { subject, problem: `no data source ${uid} is provisioned` };
  const isCorrect = (type === 'prometheus') === (expr !== undefined);
  return {
    subject,
    problem: isCorrect ? null : `a data source of type ${type} gets the query ${expr ?? 'for traces'}`,
  };
}

/** Checks all queries as the rules of one file. If that fails, each query is checked by itself to find the wrong ones. */
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
