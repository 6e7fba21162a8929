import type * as z from 'zod';
import type { LineIndex } from './yaml-file';

/** A file that does not match its schema. */
export interface Explained {
  /** File, relative to the project's root. */
  readonly file: string;
  /** The schema that the content was parsed with. */
  readonly schema: z.ZodType;
  /** The content, as parsed from the file. */
  readonly content: unknown;
  /** Finds the line of a path in the file. */
  readonly lines: LineIndex;
}
