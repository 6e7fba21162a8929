/** The content of a third-party file: rules, a dashboard, or neither. */
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import type { RuleGroupText } from '../rules/rule-text';
import { RULE_FILE_YAML, ruleFileSchema } from '../rules/schema';

/** One document of a file, and the path of its content in it. */
export type Content =
  | {
      readonly groups: readonly RuleGroupText[];
      readonly root: string;
      /** What Prometheus refuses in the form of the file. */
      readonly form: readonly string[];
    }
  | { readonly dashboard: unknown; readonly root: string };

const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const texts = z
  .record(
    z.string(),
    z
      .string()
      .nullable()
      .transform((text) => text ?? ''),
  )
  .nullish()
  .transform((given) => given ?? undefined);
const groupsSchema = z.array(
  z.looseObject({
    name: z.string(),
    rules: z
      .array(
        z.looseObject({
          alert: optionalText,
          record: optionalText,
          expr: z.string(),
          for: optionalText,
          labels: texts,
          annotations: texts,
        }),
      )
      .nullish()
      .transform((rules) => rules ?? []),
  }),
);

/** The documents of a file, or why it cannot be read. Never throws. */
export function readContent(text: string): readonly Content[] | string {
  const documents = parseAllDocuments(text, { prettyErrors: false });
  const error = [...documents].flatMap(({ errors }) => errors)[0];
  if (error !== undefined) return `neither YAML nor JSON: ${error.message}`;
  const asTexts = [...parseAllDocuments(text, { ...RULE_FILE_YAML, prettyErrors: false })];
  const contents = [...documents].map((document, index) =>
    contentOf(document.toJS({ maxAliasCount: 100 }), () => asTexts[index]?.toJS({ maxAliasCount: 100 })),
  );
  const bad = contents.find((content) => typeof content === 'string');
  if (bad !== undefined || contents.length === 0) return bad ?? 'an empty file';
  return contents.filter((content) => typeof content !== 'string');
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Keys of a dashboard of schema version 1. */
const DASHBOARD_KEYS = ['panels', 'rows', 'templating', 'annotations'];

/** @param asTexts the same document, read as a rule file is */
function contentOf(document: unknown, asTexts: () => unknown): Content | string {
  if (!isObject(document)) return 'neither rules nor a dashboard';
  const { groups, spec, dashboard } = document;
  // prometheus-operator's PrometheusRule has the groups in its spec.
  if (groups !== undefined) return rulesOf(asTexts(), 'groups');
  if (isObject(spec) && spec.groups !== undefined) {
    const resource = asTexts();
    return rulesOf(isObject(resource) ? resource.spec : undefined, 'spec.groups');
  }
  if (isObject(spec) && spec.elements !== undefined) return 'a dashboard of schema version 2: export it as version 1';
  // Grafana's API has the dashboard below a key.
  const board = isObject(dashboard) ? dashboard : document;
  if (!DASHBOARD_KEYS.some((key) => isObject(board[key]))) return 'neither rules (groups) nor a dashboard (panels)';
  return { dashboard: board, root: isObject(dashboard) ? 'dashboard.' : '' };
}

function rulesOf(file: unknown, root: string): Content | string {
  const parsed = groupsSchema.safeParse(isObject(file) ? file.groups : undefined);
  if (!parsed.success) return `not a list of rule groups: ${z.prettifyError(parsed.error)}`;
  const strict = ruleFileSchema.safeParse(file);
  const form = strict.success
    ? []
    : strict.error.issues.map(
        ({ path, message }) => `${z.core.toDotPath([...(root === 'groups' ? [] : ['spec']), ...path])}: ${message}`,
      );
  return { groups: parsed.data, root, form };
}
