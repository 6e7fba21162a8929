/** What judges say, and the table of it. */
import { table } from '../../lib/markdown';

/** One thing that was judged: a file, an object, a connection. */
export interface Judgement {
  /** What was judged. */
  readonly subject: string;
  /** Null where nothing is wrong. */
  readonly problem: string | null;
}

/** What a judge says of one environment. */
export interface Ruling {
  readonly judgements: readonly Judgement[];
  /** What no program here can judge, and why: neither right nor wrong. */
  readonly notJudged?: readonly string[];
}

/** A row of the table. */
export interface Row {
  readonly judge: string;
  readonly environment: string;
  readonly ruling: Ruling;
}

/** What a ruling comes to. */
export type Verdict = 'passed' | 'FAILED' | 'NOT JUDGED';

/** What is wrong with one subject, as one judgement. */
export const judgementOf = (subject: string, problems: readonly string[]): Judgement => ({
  subject,
  problem: problems.length === 0 ? null : problems.join('; '),
});

/** Nothing judged is a failure, unless it is said why. */
export function verdictOf({ judgements, notJudged = [] }: Ruling): Verdict {
  if (judgements.some(({ problem }) => problem !== null)) return 'FAILED';
  if (judgements.length > 0) return 'passed';
  return notJudged.length > 0 ? 'NOT JUDGED' : 'FAILED';
}

/** The table, what is wrong, and what nobody judged. */
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
    const nothing = verdictOf(ruling) === 'FAILED' && found.length === 0 ? ['nothing was found to judge'] : [];
    return [...found, ...nothing].map((text) => `FAILED  ${environment}, ${judge}: ${text}`);
  });
  const open = rows.flatMap(({ judge, environment, ruling }) =>
    (ruling.notJudged ?? []).map((text) => `NOT JUDGED  ${environment}, ${judge}: ${text}`),
  );
  const head = ['judge', 'environment', 'judged', 'wrong', 'not judged', 'verdict'];
  return [table(head, cells), ...open, ...problems].join('\n');
}
