/** The configuration reference, from the JSON Schema: every key with its meaning, allowed values and default. */
import { table } from '../lib/markdown';

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly 'x-allowed'?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One page of Markdown: a section for each top-level key, a row for each key below it. */
export function configurationPage(schema: object): string {
  const { properties = {} } = schema as Node;
  const sections = Object.entries(properties).map(([key, node]) => {
    const rows = rowsOf(key, node);
    return `## \`${key}\`\n\n${table(['key', 'meaning', 'allowed', 'default'], rows)}\n`;
  });
  const intro =
    'Every key of an environment file. Unknown keys are errors. Durations are written `15s`, `5m`, `30d`; sizes `512Mi`, `10Gi`. ' +
    '`[]` marks the entries of a list.';
  return `# Configuration\n\n${intro}\n\n${sections.join('\n')}`;
}

function rowsOf(path: string, node: Node): string[][] {
  const branches = [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  const below = branches.flatMap((branch) => [
    ...Object.entries(branch.properties ?? {}).flatMap(([key, child]) => rowsOf(`${path}.${key}`, child)),
    ...(branch.items === undefined ? [] : rowsOf(`${path}[]`, branch.items)),
  ]);
  const unique = [...new Map(below.map((cells) => [cells.join('|'), cells])).values()];
  const self = node.description === undefined && unique.length > 0 ? [] : [row(path, node, branches)];
  return [...self, ...unique];
}

function row(path: string, node: Node, branches: readonly Node[]): string[] {
  const isBranch = branches.some(
    ({ properties, items }) => properties !== undefined || items?.properties !== undefined,
  );
  const value =
    node.default === undefined || (isBranch && !Array.isArray(node.default))
      ? ''
      : `\`${JSON.stringify(node.default)}\``;
  return [`\`${path}\``, node.description ?? '', allowed(branches), value];
}

function allowed(branches: readonly Node[]): string {
  const choices = branches.flatMap((branch) => branch.enum ?? (branch.const === undefined ? [] : [branch.const]));
  if (choices.length > 0) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  const [bounded] = branches.filter(({ minimum, maximum }) => minimum !== undefined && maximum !== undefined);
  if (bounded !== undefined) return `${bounded.minimum} to ${bounded.maximum}`;
  const [words] = branches.flatMap((branch) => branch['x-allowed'] ?? []);
  return words ?? [...new Set(branches.flatMap(({ type }) => type ?? []))].join(' or ');
}
