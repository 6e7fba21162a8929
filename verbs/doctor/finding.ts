import type { At, Case, Cause } from './cause';

/** A container whose last log lines explain a problem. */
export interface LogSource {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
}

/** One problem. */
export interface Finding {
  /** The id of its cause, which is its anchor in docs/troubleshooting.md. */
  readonly id: string;
  /** The object, for example `Deployment/grafana`. */
  readonly part: string;
  readonly cause: string;
  /** What to do. */
  readonly next: string;
  /** Whether the stack works as configured. @default false */
  readonly isRemark?: boolean;
  /** undefined if no log explains it. */
  readonly log?: LogSource;
  /** Parts that could be the reason: a finding about one of them hides this one. */
  readonly dependsOn?: readonly string[];
}

/** What a finding may have besides its cause. */
export type Extra = Pick<Finding, 'log' | 'dependsOn' | 'isRemark'>;

/** A case of a cause in a cluster. */
export const findingOf = <Details>(
  at: At,
  cause: Cause<Details>,
  { part, details }: Case<Details>,
  extra: Extra = {},
): Finding => ({
  id: cause.id,
  part,
  cause: cause.says(details),
  next: cause.next(at, details),
  ...(cause.isRemark === true && { isRemark: true }),
  ...extra,
});

/** The findings that no other finding explains, in the same order. Of two that explain each other, the first stays. */
export function upstream(findings: readonly Finding[]): Finding[] {
  const explains = ({ part }: Finding, other: Finding) => part !== other.part && (other.dependsOn ?? []).includes(part);
  return findings.filter(
    (finding, index) =>
      !findings.some((other, place) => explains(other, finding) && (place < index || !explains(finding, other))),
  );
}
