import type * as z from 'zod';

/** The violations of a schema, each with its path. */
export function problemsOf(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => `${path.join('.') || '(root)'}: ${message}`);
}
