/** Mistakes that are made at the same time, and what monitor-status says about them. */
import { until } from '../../cluster/cluster';
import { PROJECT, type Printed, status } from './stack';

/** What is wrong, and the cause that must be named. */
export interface Mistake {
  readonly what: string;
  /** The object of the finding; a pattern where its name is not known before. */
  readonly part: string;
  readonly id: string;
}

/** A mistake with how it was diagnosed. */
export interface Diagnosed extends Mistake {
  readonly verdict: 'found' | 'missed' | 'NOT MADE';
  /** What was said about its object instead. */
  readonly said: readonly string[];
}

const diagnosed: Diagnosed[] = [];
const wrong: Printed[] = [];

/** All mistakes until now, and the findings that none of them explains. */
export const results = (): { readonly diagnosed: readonly Diagnosed[]; readonly wrong: readonly Printed[] } => ({
  diagnosed,
  wrong,
});

const isOf =
  ({ part, id }: Mistake) =>
  (finding: Printed) =>
    finding.part === part && finding.id === id;

/** How a group is diagnosed. */
interface Options {
  readonly project?: string;
  readonly seconds?: number;
  /** Mistakes of an earlier group, which are still there and are not counted again. */
  readonly standing?: readonly Mistake[];
  /** Makes again, before each look, what the cluster repairs by itself. */
  readonly again?: () => void;
}

/** Waits until every mistake is named, and notes which are not, and what else was named. */
export async function diagnose(
  mistakes: readonly Mistake[],
  { project = PROJECT, seconds = 150, standing = [], again = () => undefined }: Options = {},
): Promise<void> {
  let findings: readonly Printed[] = [];
  let output = '';
  const all = async () => {
    again();
    ({ findings, output } = await status(project));
    return mistakes.every((mistake) => findings.some(isOf(mistake))) && findings.every(({ id }) => id !== 'starting');
  };
  await until(all, 'every mistake to be named', seconds).catch(() => process.stdout.write(output));
  for (const mistake of mistakes) {
    const said = findings.filter(({ part }) => part === mistake.part).map(({ id, cause }) => `${id}: ${cause}`);
    diagnosed.push({ ...mistake, verdict: findings.some(isOf(mistake)) ? 'found' : 'missed', said });
  }
  wrong.push(...findings.filter((finding) => ![...mistakes, ...standing].some((mistake) => isOf(mistake)(finding))));
}

/** Notes mistakes that cannot be made in this cluster: they count as not diagnosed. */
export const notMade = (mistakes: readonly Mistake[]): void => {
  for (const mistake of mistakes) diagnosed.push({ ...mistake, verdict: 'NOT MADE', said: [] });
};
