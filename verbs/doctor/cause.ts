/** What can be wrong: the entries of docs/troubleshooting.md, and what `monitor-status` and `monitor-test` name. */
import type { Places } from '../../content/runbooks/places';
import type { Commands } from '../commands';

/** The symptoms under which an operator looks for a cause, in the order of the page. */
export const SECTIONS = {
  start: 'The monitoring stack does not start',
  storage: 'A claim is pending or full',
  metrics: 'No metrics in Prometheus',
  traces: 'No traces in Jaeger',
  grafana: "Grafana's datasources do not work, or a login fails",
  data: 'Data is gone, or less than expected',
  alerts: 'Alerts do not arrive',
  drift: 'The cluster differs from what is rendered',
  checks: 'Something could not be checked',
} as const;

/** A symptom. */
export type Section = keyof typeof SECTIONS;

/** The names and commands of one environment, which the next steps contain. */
export interface At {
  readonly commands: Commands;
  readonly places: Places;
}

/** One case of a cause. */
export interface Case<Details> {
  /** The object, for example `Deployment/grafana`. It stands in the first line of a finding. */
  readonly part: string;
  readonly details: Details;
}

/**
 * A cause. `says` and `next` write both the finding and the entry of the page, which is about the example.
 * @typeParam Details what differs from case to case: names, messages, numbers; never the value of a Secret
 */
export interface Cause<Details> {
  /** Stable: scripts may rely on it, and it is the anchor on the page. Words in lower case, joined by dashes. */
  readonly id: string;
  readonly section: Section;
  /** Title of the entry on the page: the cause in a few words. */
  readonly title: string;
  /** What it means: how it comes about, and what fails because of it. One to three sentences. */
  readonly meaning: string;
  /** Whether the stack works as configured, so that the exit code stays 0. @default false */
  readonly isRemark?: boolean;
  /** What was read, and what in it shows the cause. One or two sentences. */
  readonly found: string;
  /** The cause in one case. One line, after `cause`. */
  readonly says: (details: Details) => string;
  /** What to do, with commands that can be pasted. One line, after `next`. */
  readonly next: (at: At, details: Details) => string;
  /** A typical case, for the page. */
  readonly example: (at: At) => Case<Details>;
}

/** A cause with its details out of sight: an entry of the page. */
export type AnyCause = Pick<Cause<never>, 'id' | 'section' | 'title' | 'meaning' | 'found'> & {
  /** The example as `monitor-status` prints it. */
  readonly exampleOf: (at: At) => { readonly part: string; readonly cause: string; readonly next: string };
};

/** The entry of a cause. */
export const entryOf = <Details>(cause: Cause<Details>): AnyCause => {
  const { id, section, title, meaning, found } = cause;
  const exampleOf = (at: At) => {
    const { part, details } = cause.example(at);
    return { part, cause: cause.says(details), next: cause.next(at, details) };
  };
  return { id, section, title, meaning, found, exampleOf };
};
