/** The generated type takes what the schema takes, and nothing else: `npm run types` compares both, in both directions. */
import type { z } from 'zod';
import type { EnvironmentInput } from '../../config/environment-input';
import type { environmentSchema } from '../../config/schema';

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;
type Inferred = Immutable<z.input<typeof environmentSchema>>;

export const generatedTakesAll = (inferred: Inferred): EnvironmentInput => inferred;
export const generatedTakesNoMore = (generated: EnvironmentInput): Inferred => generated;
