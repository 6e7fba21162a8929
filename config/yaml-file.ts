import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Problem } from './problems';

/** Finds the line on which a path of a parsed file stands. */
export interface LineIndex {
  /** The line, from 1, of the node at the path or of its nearest parent that stands in the file. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** A parsed YAML file: its content and lines, or what is wrong with its syntax. */
export type ParsedYaml =
  | { readonly ok: true; readonly content: unknown; readonly lines: LineIndex }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Parses YAML 1.2 (so also JSON). Never throws: each syntax error, doubled key or undefined alias becomes a problem. */
export function parseYamlFile(file: string, text: string): ParsedYaml {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const syntax = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    problem(file, counter.linePos(pos[0]).line, message),
  );
  if (syntax.length > 0) return { ok: false, problems: syntax };
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    return { ok: true, content, lines: { lineOf: (path) => lineOf(path) } };
  } catch (error) {
    return { ok: false, problems: [problem(file, 1, (error as Error).message)] };
  }

  function lineOf(path: readonly PropertyKey[]): number | undefined {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
    }
    return undefined;
  }
}

const problem = (file: string, line: number, message: string): Problem => ({
  file,
  line,
  path: '',
  value: message.replace(/\s+/g, ' '),
  allowed: 'YAML 1.2 with each key once',
  fix: 'correct the syntax on this line',
});
