import { type DocumentOptions, isNode, LineCounter, type ParseOptions, parseDocument, type SchemaOptions } from 'yaml';
import type { Problem } from './problems';
import { type Controls, textProblems } from './texts';

/** Finds the line of a path in a parsed file. */
export interface LineIndex {
  /** The line, from 1, of the node at the path or of its nearest parent in the file. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** Of content that came from no file. */
export const NO_LINES: LineIndex = { lineOf: () => undefined };

/** A parsed YAML file: its content and lines, or what is wrong with its syntax. */
export type ParsedYaml =
  | { readonly ok: true; readonly content: unknown; readonly lines: LineIndex }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** How a file is parsed, if not as YAML 1.2. */
export type YamlOptions = ParseOptions & DocumentOptions & SchemaOptions;

/** Syntax errors of one file that are shown: each later one often follows from an earlier one. */
const SHOWN = 10;

/**
 * Parses YAML 1.2 (so also JSON). Never throws: each syntax error, duplicate key or undefined alias becomes a problem, and so does
 * a string that cannot be written as it was read.
 * @param controls whether strings may contain control characters
 */
export function parseYamlFile(file: string, text: string, controls: Controls, options: YamlOptions = {}): ParsedYaml {
  if (isNestedTooDeeply(text)) return { ok: false, problems: [problem(file, 1, 'more than 200 levels of nesting')] };
  const counter = new LineCounter();
  const document = parseDocument(text, { ...options, lineCounter: counter, prettyErrors: false });
  const syntax = [...document.errors, ...document.warnings]
    .slice(0, SHOWN)
    .map(({ pos, message }) => problem(file, counter.linePos(pos[0]).line, message));
  if (syntax.length > 0) return { ok: false, problems: syntax };
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    const lines = { lineOf };
    const problems = textProblems(content, controls).map((found) => ({
      file,
      line: lineOf(found.at),
      ...found.problem,
    }));
    return problems.length > 0 ? { ok: false, problems } : { ok: true, content, lines };
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

/** Whether lists and maps are nested so deeply that the parser would overflow its stack, which would end the process. */
function isNestedTooDeeply(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + ('[{'.includes(bracket) ? 1 : -1));
    if (depth > 200) return true;
  }
  return /(?:[-?:][ \t]+){200}/.test(text);
}

/** The parser's message without the source that it quotes: a password that starts with `*` or `!` would be such a source. */
const problem = (file: string, line: number, message: string): Problem => ({
  file,
  line,
  path: '',
  value: message.replace(/(?<=\S): .*| [%\\].*/s, '').replace(/\s+/g, ' '),
  allowed: 'YAML 1.2 with each key once',
  fix: 'correct the syntax on this line',
});
