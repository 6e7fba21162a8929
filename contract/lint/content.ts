/** What a file is that others have made: rules, a dashboard, or neither. */
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { RuleGroupText } from '../rules/rule-text';

/** One document of a file, and the path of its content in it. */
export type Content =
  | { readonly groups: readonly RuleGroupText[]; readonly root: string }
  | { readonly dashboard: unknown; readonly root: string };

const texts = z.record(z.string(), z.coerce.string());
const groupsSchema = z.array(
  z.looseObject({
    name: z.string(),
    rules: z
      .array(
        z.looseObject({
          alert: z.string().optional(),
          record: z.string().optional(),
          expr: z.coerce.string(),
          for: z.string().optional(),
          labels: texts.optional(),
          annotations: texts.optional(),
        }),
      )
      .default([]),
  }),
);

/** The documents of a file, or why it cannot be read. Never throws. */
export function readContent(text: string): readonly Content[] | string {
  const documents = parseAllDocuments(text, { prettyErrors: false });
  const error = [...documents].flatMap(({ errors }) => errors)[0];
  if (error !== undefined) return `neither YAML nor JSON: ${error.message}`;
  const contents = [...documents].map((document) => contentOf(document.toJS({ maxAliasCount: 100 })));
  const bad = contents.find((content) => typeof content === 'string');
  if (bad !== undefined || contents.length === 0) return bad ?? 'an empty file';
  return contents.filter((content) => typeof content !== 'string');
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Keys of a dashboard of schema version 1. */
const DASHBOARD_KEYS = ['panels', 'rows', 'templating', 'annotations'];

function contentOf(document: unknown): Content | string {
  if (!isObject(document)) return 'neither rules nor a dashboard';
  const { groups, spec, dashboard } = document;
  // prometheus-operator's PrometheusRule has the groups in its spec.
  if (groups !== undefined) return rulesOf(groups, 'groups');
  if (isObject(spec) && spec.groups !== undefined) return rulesOf(spec.groups, 'spec.groups');
  if (isObject(spec) && spec.elements !== undefined) return 'a dashboard of schema version 2: export it as version 1';
  // Grafana's API has the dashboard below a key.
  const board = isObject(dashboard) ? dashboard : document;
  if (!DASHBOARD_KEYS.some((key) => isObject(board[key]))) return 'neither rules (groups) nor a dashboard (panels)';
  return { dashboard: board, root: isObject(dashboard) ? 'dashboard.' : '' };
}

function rulesOf(groups: unknown, root: string): Content | string {
  const parsed = groupsSchema.safeParse(groups);
  return parsed.success ? { groups: parsed.data, root } : `not a list of rule groups: ${z.prettifyError(parsed.error)}`;
}
