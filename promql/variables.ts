/** Grafana's variables are no PromQL. They are replaced by something as long that is, so that offsets stay those of the original. */

/** A variable, and where it stands. */
export interface Variable {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** An expression without variables, and those that it had. */
export interface Masked {
  /** As long as the original, sign for sign. */
  readonly text: string;
  readonly variables: readonly Variable[];
}

/** Strings and comments are passed over; `$name`, `${name}`, `${name:format}` and the old `[[name]]` are variables. */
const TOKENS =
  /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?|#[^\n]*|\$\{(\w+)[^}]*\}|\$(\w+)|\[\[(\w+)[^\]]*\]\]|[[\]]/g;

/** Built-in variables that stand for a number (https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables). */
const NUMBERS = new Set(['__interval_ms', '__rate_interval_ms', '__range_s', '__range_ms', '__from', '__to']);
/** Built-in variables that stand for a duration. */
const DURATIONS = new Set(['__interval', '__rate_interval', '__range']);

/** Replaces variables by a duration, a number or a name, as their place asks for. */
export function withoutVariables(expression: string): Masked {
  const variables: Variable[] = [];
  let depth = 0;
  const text = expression.replace(TOKENS, (token, braced, plain, old, from: number) => {
    if (token === '[') depth++;
    if (token === ']') depth = Math.max(0, depth - 1);
    const name: string | undefined = braced ?? plain ?? old;
    if (name === undefined) return token;
    const to = from + token.length;
    variables.push({ name, from, to });
    const inRange = depth > 0 || /\boffset\s+-?\s*$/i.test(expression.slice(0, from));
    return filler(name, token.length, inRange, /^[a-z]/.test(expression.slice(to)));
  });
  return { text, variables };
}

function filler(name: string, length: number, inRange: boolean, beforeUnit: boolean): string {
  if (inRange || DURATIONS.has(name) || NUMBERS.has(name))
    return beforeUnit ? '1'.repeat(length) : (NUMBERS.has(name) && !inRange ? '1' : '1s').padEnd(length);
  return '_'.repeat(length);
}
