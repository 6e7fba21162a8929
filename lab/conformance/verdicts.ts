/** The results of the judges, and their table. */
import { table } from '../../lib/markdown';

/** The result for one subject: a file, an object, a connection. */
export interface Judgement {
  /** The subject. */
  readonly subject: string;
  /** Null if nothing is wrong. */
  readonly problem: string | null;
}

/** The results of one judge for one environment. */
export interface Ruling {
  readonly judgements: readonly Judgement[];
  /** Subjects that no program here can judge, with the reason: neither a pass nor a failure. */
  readonly notJudged?: readonly string[];
}

/** A row of the table. */
export interface Row {
  readonly judge: string;
  readonly environment: string;
  readonly ruling: Ruling;
}

/** The summary of a ruling. */
export type Verdict = 'passed' | 'FAILED' | 'NOT JUDGED';

/** The problems of one subject as one judgement. */
export const judgementOf = (subject: string, problems: readonly string[]): Judgement => ({
  subject,
  problem: problems.length === 0 ? null : problems.join('; '),
});

/** A ruling without judgements is a failure, unless it gives a reason. */
export function verdictOf({ judgements, notJudged = [] }: Ruling): Verdict {
  if (judgements.some(({ problem }) => problem !== null)) return 'FAILED';
  if (judgements.length > 0) return 'passed';
  return notJudged.length > 0 ? 'NOT JUDGED' : 'FAILED';
}

/** The table, then what was not judged, then the failures. */
export function report(rows: readonly Row[]): string {
  const cells = rows.map(({ judge, environment, ruling }) => {
    const wrong = ruling.judgements.filter(({ problem }) => problem !== null).length;
    return [
      judge,
      environment,
      `${ruling.judgements.length}`,
      `${wrong}`,
      `${ruling.notJudged?.length ?? 0}`,
      verdictOf(ruling),
    ];
  });
  const problems = rows.flatMap(({ judge, environment, ruling }) => {
    const found = ruling.judgements.flatMap(({ subject, problem }) =>
      problem === null ? [] : [`${subject}: ${problem}`],
    );
    const nothing = verdictOf(ruling) === 'FAILED' && found.length === 0 ? ['there was nothing to judge'] : [];
    return [...found, ...nothing].map((text) => `FAILED  ${environment}, ${judge}: ${text}`);
  });
  const open = rows.flatMap(({ judge, environment, ruling }) =>
    (ruling.notJudged ?? []).map((text) => `NOT JUDGED  ${environment}, ${judge}: ${text}`),
  );
  const head = ['judge', 'environment', 'judged', 'wrong', 'not judged', 'verdict'];
  return [table(head, cells), ...open, ...problems].join('\n');
}
