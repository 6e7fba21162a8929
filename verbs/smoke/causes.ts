/** Why a check did not pass: a program on its way that is not well, or what the check itself has found. */
import type { CheckName } from '../../charts/smoke/names';
import type { Cause } from '../doctor/cause';
import {
  CLAIM_FULL,
  CLOCKS_DIFFER,
  type Found,
  GRAFANA_UNWELL,
  METRIC_LOST,
  NOTIFICATIONS_FAIL,
  QUEUE_WAITS,
  REFUSED,
  RULE_FAILS,
  RULE_GROUP_LATE,
  TARGET_DOWN,
  TRACE_LOST,
  UNCHECKED,
  UNREACHABLE,
  UNRESOLVED,
  WATCHDOG_MISSING,
} from '../doctor/causes/smoke';
import type { DesiredState } from '../doctor/desired-state';
import { type Finding, findingOf } from '../doctor/finding';
import { controllersOf, type Expected } from '../expected';
import { checkPart, type Line } from './row';

/** What a check means when it fails for no other reason, and the programs on its way, by the Job's variables with their addresses. */
const CHECKS: Readonly<Record<CheckName, { readonly cause: Cause<Found>; readonly way: readonly string[] }>> = {
  'trace-grpc': { cause: TRACE_LOST, way: ['OTLP_BY_HTTP', 'JAEGER'] },
  'trace-http': { cause: TRACE_LOST, way: ['OTLP_BY_HTTP', 'JAEGER'] },
  'metric-grpc': { cause: METRIC_LOST, way: ['OTLP_BY_HTTP', 'PROMETHEUS'] },
  'metric-http': { cause: METRIC_LOST, way: ['OTLP_BY_HTTP', 'PROMETHEUS'] },
  targets: { cause: TARGET_DOWN, way: ['PROMETHEUS'] },
  rules: { cause: RULE_FAILS, way: ['PROMETHEUS'] },
  'rule-groups': { cause: RULE_GROUP_LATE, way: ['PROMETHEUS'] },
  watchdog: { cause: WATCHDOG_MISSING, way: ['PROMETHEUS', 'ALERTMANAGER'] },
  notifications: { cause: NOTIFICATIONS_FAIL, way: ['PROMETHEUS', 'ALERTMANAGER'] },
  queue: { cause: QUEUE_WAITS, way: ['OTLP_BY_HTTP', 'PROMETHEUS', 'JAEGER'] },
  claims: { cause: CLAIM_FULL, way: ['PROMETHEUS'] },
  clocks: { cause: CLOCKS_DIFFER, way: ['OTLP_BY_HTTP', 'JAEGER', 'PROMETHEUS', 'ALERTMANAGER', 'GRAFANA'] },
  grafana: { cause: GRAFANA_UNWELL, way: ['GRAFANA'] },
};

/** What wget, promtool and the Collector say, whatever is checked. */
const TEXTS: readonly (readonly [pattern: RegExp, cause: Cause<Found>])[] = [
  [/bad address|no such host|server misbehaving/, UNRESOLVED],
  [/can't connect|connection refused|no answer within|i\/o timeout|No route to host/i, UNREACHABLE],
  [/not accepted: wget: server returned error/, REFUSED],
];

/** The finding of a check that did not pass. */
export class CheckCauses {
  readonly #programs: ReadonlyMap<string, string>;

  /**
   * @param addresses the variables of the Job
   * @param findings what is wrong with the workloads
   */
  constructor(
    readonly desired: DesiredState,
    expected: Expected,
    readonly addresses: ReadonlyMap<string, string>,
    readonly findings: readonly Finding[],
  ) {
    const named = controllersOf(expected).map(({ metadata }) => [metadata.name, labelOf(metadata.labels)] as const);
    this.#programs = new Map(named);
  }

  /** Why a check did not pass. */
  findingOf({ name, verdict, found }: Line): Finding {
    const { cause, way } = CHECKS[name];
    const programs = new Set(way.map((variable) => this.#programs.get(hostIn(this.addresses.get(variable)))));
    const above = this.findings.find(({ part }) => this.#isOnWay(part, programs, found));
    if (above !== undefined) return above;
    const text = found === '' ? 'it printed nothing' : found;
    const said = TEXTS.find(([pattern]) => pattern.test(found))?.[1];
    const otherwise = verdict === 'NOT CHECKED' ? UNCHECKED : cause;
    return findingOf(this.desired, said ?? otherwise, { part: checkPart(name), details: { text } });
  }

  /** Whether an object is a workload of one of the programs, or of one that the check names: the roles of Jaeger are one program. */
  #isOnWay(part: string, programs: ReadonlySet<string | undefined>, found: string): boolean {
    const name = part.slice(part.indexOf('/') + 1);
    const program = this.#programs.get(name);
    return program !== undefined && (programs.has(program) || found.includes(`"${name}"`));
  }
}

const labelOf = (labels: Readonly<Record<string, string>> = {}) => labels['app.kubernetes.io/name'] ?? '';

const hostIn = (url: string | undefined): string => (url === undefined ? '' : new URL(url).hostname);
