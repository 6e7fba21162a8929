/** Grafana's variables are not PromQL. Each is replaced by PromQL of the same length, so that offsets stay those of the original. */

/** A variable, and its place. */
export interface Variable {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** An expression without variables, and those that it had. */
export interface Masked {
  /** The text, with the same length as the original. */
  readonly text: string;
  readonly variables: readonly Variable[];
}

/** Strings and comments are passed over; `$name`, `${name}`, `${name:format}` and the old `[[name]]` are variables. */
const TOKENS =
  /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?|#[^\n]*|\$\{(\w+)[^}]*\}|\$(\w+)|\[\[(\w+)[^\]]*\]\]|[[\]]/g;

/** Built-in variables that are numbers (https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables). */
const NUMBERS = new Set(['__interval_ms', '__rate_interval_ms', '__range_s', '__range_ms', '__from', '__to']);
/** Built-in variables that are durations. */
const DURATIONS = new Set(['__interval', '__rate_interval', '__range']);

/** Replaces variables by a duration, a number or a name, whichever their place needs. */
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
