/** The place of a problem in a construct: the construct's path, and that of the property. */
import type { Checked } from '../../config/files/parse';
import type { Problem } from '../../config/problems';

/** Names the place of a problem: the construct's path, and the property's. */
export interface Place {
  /** The construct's path. */
  readonly construct: string;
  /** The property, as `props.settings`. */
  readonly property: string;
}

/** Rewrites a problem for users of the construct, who have neither an environment file nor the folders beside it. */
export function inProps(construct: string, environment: string, problem: Problem): Problem {
  const file = `environments/${environment}.yaml`;
  const inWords = (text: string) => text.replaceAll(file, 'props.settings');
  return {
    ...problem,
    file: construct,
    line: undefined,
    path: problem.file === file ? below('props.settings', problem.path) : `${problem.file} ${problem.path}`,
    allowed: inWords(problem.allowed),
    fix: inWords(problem.fix),
  };
}

/** A path below a property. */
const below = (property: string, path: string): string =>
  path === '' || path.startsWith('[') ? `${property}${path}` : `${property}.${path}`;

/** Prefixes problems with the path of a property. A line number is only given for text input. */
export function placed<T>(place: Place, result: Checked<T>, hasLines = false): Checked<T> {
  if (result.ok) return result;
  const problems = result.problems.map(({ line, ...problem }) => ({
    ...problem,
    file: place.construct,
    path: `${below(place.property, problem.path)}${hasLines && line !== undefined ? ` (line ${line})` : ''}`,
  }));
  return { ok: false, problems };
}

/** Problems of a property. */
export const refused = (
  place: Place,
  ...problems: readonly Omit<Problem, 'file'>[]
): { ok: false; problems: Problem[] } => ({
  ok: false,
  problems: problems.map((problem) => ({
    ...problem,
    file: place.construct,
    path: below(place.property, problem.path),
  })),
});
