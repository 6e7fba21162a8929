/** What is between two names in an expression. */
const WORD = /[^\s()[\]{},"'`=!~<>+\-*/%^@#|]+/g;

/** Whether a word of an expression is one of some names. Without one, it reads none of these metrics, and that is known without parsing it. */
export function mentionsAny(expr: string, names: ReadonlySet<string>): boolean {
  for (const [word] of expr.matchAll(WORD)) if (names.has(word)) return true;
  return false;
}
