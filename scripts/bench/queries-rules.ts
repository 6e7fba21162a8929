/** The rules of an environment: which alerts there are, and the recording rules in the order in which they need each other. */
import { parse } from 'yaml';
import type { ManifestSet } from '../../lab/conformance/manifests';
import { filesOf } from '../../lab/conformance/pod-files';
import { runningImage } from '../../lab/conformance/pods';
import type { AlertingRule } from './queries-alerts';

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Group {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly Rule[];
}

/** The configuration of Prometheus that decides what is stored. */
export interface PrometheusFiles {
  readonly groups: readonly Group[];
  /** Seconds between scrapes, by job; `''` is that of all others. */
  readonly intervals: Readonly<Record<string, number>>;
}

/** `15s`, `1m` as seconds. @throws Error for another form */
function seconds(duration: string): number {
  const [, number, unit] = duration.match(/^(\d+)(s|m)$/) ?? [];
  if (number === undefined) throw new Error(`${duration} is no number of seconds or minutes`);
  return Number(number) * (unit === 'm' ? 60 : 1);
}

/** Reads what Prometheus reads. */
export function prometheusFiles(set: ManifestSet): PrometheusFiles {
  const [program] = runningImage(set, 'prometheus');
  if (program === undefined) throw new Error(`${set.environment} has no Prometheus`);
  const files = [...filesOf(set, program)];
  const config = parse(files.find(([path]) => path.endsWith('/prometheus.yaml'))?.[1] ?? '') as {
    readonly global: { readonly scrape_interval: string };
    readonly scrape_configs: readonly { readonly job_name: string; readonly scrape_interval?: string }[];
  };
  const own = config.scrape_configs.flatMap(({ job_name, scrape_interval }) =>
    scrape_interval === undefined ? [] : [[job_name, seconds(scrape_interval)] as const],
  );
  const groups = files
    .filter(([path]) => path.includes('/rules/'))
    .flatMap(([, text]) => (parse(text) as { readonly groups: readonly Group[] }).groups);
  return { groups, intervals: Object.fromEntries([...own, ['', seconds(config.global.scrape_interval)]]) };
}

/** Its alerting rules. */
export const alertsOf = ({ groups }: PrometheusFiles): readonly AlertingRule[] =>
  groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, labels = {} }) => (alert === undefined ? [] : [{ alert, labels }])),
  );

/** Recording rules in rounds: those of a round read series of the rounds before it only, so that each can be computed over its whole time. */
export function rounds({ groups }: PrometheusFiles): readonly (readonly Group[])[] {
  const recorded = [...new Set(groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? [])))];
  const reads = new Map(recorded.map((name) => [name, new Set<string>()]));
  for (const { record, expr } of groups.flatMap(({ rules }) => rules))
    for (const other of recorded) if (record !== undefined && mentions(expr, other)) reads.get(record)?.add(other);
  const depth = (name: string): number => 1 + Math.max(0, ...[...(reads.get(name) ?? [])].map(depth));
  const deepest = Math.max(0, ...recorded.map(depth));
  return Array.from({ length: deepest }, (_, index) =>
    groups
      .map((group) => ({
        ...group,
        rules: group.rules.filter(({ record }) => record !== undefined && depth(record) === index + 1),
      }))
      .filter(({ rules }) => rules.length > 0),
  );
}

const mentions = (expr: string, name: string): boolean => new RegExp(`(?<![\\w:])${name}(?![\\w:])`).test(expr);
