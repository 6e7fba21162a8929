/** What is between two names in an expression. */
const WORD = /[^\s()[\]{},"'`=!~<>+\-*/%^@#|]+/g;

/** The words of an expression, names of metrics among them, in strings and comments too. */
export const wordsOf = (expr: string): ReadonlySet<string> => new Set(expr.match(WORD));

/** Whether a word of an expression is one of some names. Without one, it reads none of these metrics, and that is known without parsing it. */
export function mentionsAny(expr: string, names: ReadonlySet<string>): boolean {
  for (const [word] of expr.matchAll(WORD)) if (names.has(word)) return true;
  return false;
}
