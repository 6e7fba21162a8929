/** What is wrong with a dashboard: its expressions, and the datasources that it names. */

import { checkExpression } from '../check';
import type { CheckContext } from '../context';
import type { Finding } from '../finding';
import { nearest } from '../nearest';
import { type DatasourceUse, datasourcesOf, datasourceVariables, queriesOf } from './queries';

/** What the rules for dashboards need to know. */
export interface DashboardContext extends CheckContext {
  /** Uids of the datasources that are provisioned. @default - not known: they are not checked */
  readonly datasources?: readonly string[];
}

/** Something that is wrong with a dashboard. */
export interface DashboardProblem {
  /** What shows it: the title of a panel, or the name of a variable or annotation. */
  readonly where: string;
  /** Path in the JSON, as `panels[3].targets[0].expr`. */
  readonly path: string;
  /** The text that the offsets of the finding are in. */
  readonly text: string;
  readonly finding: Finding;
}

/** Everything that is wrong with a dashboard, as parsed from JSON of schema version 1. */
export function checkDashboard(dashboard: unknown, context: DashboardContext): readonly DashboardProblem[] {
  return [
    ...queriesOf(dashboard).flatMap(({ where, path, expr, instant }) =>
      checkExpression(expr, { ...context, place: 'panel' })
        .filter(({ rule }) => !(instant && rule === 'fixed-range'))
        .map((finding) => ({ where, path, text: expr, finding })),
    ),
    ...unprovisioned(dashboard, context.datasources),
  ];
}

function unprovisioned(dashboard: unknown, provisioned: readonly string[] | undefined): readonly DashboardProblem[] {
  if (provisioned === undefined) return [];
  const variables = datasourceVariables(dashboard);
  const isKnown = ({ uid }: DatasourceUse) => {
    const variable = /^\$\{?(\w+)\}?$/.exec(uid)?.[1];
    return variable === undefined ? provisioned.includes(uid) : variables.has(variable);
  };
  return datasourcesOf(dashboard)
    .filter((use) => !isKnown(use))
    .map(({ where, path, uid }) => ({ where, path, text: uid, finding: unknownDatasource(uid, provisioned) }));
}

/** Only an import asks for the value of `${DS_PROMETHEUS}` in an exported dashboard; provisioning does not. */
function unknownDatasource(uid: string, provisioned: readonly string[]): Finding {
  const near = nearest(uid.replace(/^\$\{?DS_|\}$/g, ''), provisioned);
  return {
    rule: 'unknown-datasource',
    level: 'error',
    from: 0,
    to: uid.length,
    message: `no datasource has the uid ${uid}; provisioned are: ${provisioned.join(', ')}`,
    fix: `uid: ${near ?? provisioned[0]}`,
  };
}
