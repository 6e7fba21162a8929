/** Our own dashboards, as the tests of them read them: rendered by the same rules, written as JSON, and parsed again. */

import { renderDashboards } from '../../../content/dashboards';
import { panelRecordingRules } from '../../../content/dashboards/records';
import { slosOf } from '../../../content/objectives/defaults';
import { sloRecordingRules } from '../../../content/objectives/rules';
import { toJson } from '../../../lib/config-file';
import { EMITTERS } from '../../../metrics/emitters';
import type { Emitter } from '../../../promql/metric';
import type { Config } from '../../../stack/config';
import { ExpressionChecks } from '../../../stack/expressions';
import { configFrom } from '../../support';

/** An environment with prices of models. */
export const PRICES = `
grafana:
  prices:
    currency: EUR
    models:
      - {model: janhq/Jan-v1-4B, inputPerMillion: 0.1, outputPerMillion: 0.4}
      - {model: gpt-4o, inputPerMillion: 2.5, outputPerMillion: 10}
`;
const recordsOf = (config: Config) => [...sloRecordingRules(config), ...panelRecordingRules(config, () => undefined)];
const known = (config: Config, on?: ReadonlySet<Emitter>) => ({
  expressions: new ExpressionChecks(config, recordsOf(config), on),
  slos: slosOf(config),
  alertsOn: () => ['TargetDown'],
  overviewRows: [],
});

/** What is known where everybody emits. */
export const allOn = (config: Config) => known(config, new Set(Object.values(EMITTERS)));

/** What is known of an environment as it is. */
export const asItIs = (config: Config) => known(config);

/** The dashboards of an environment file's text. */
export const rendered = (text: string, rules = allOn) => {
  const config = configFrom(text);
  return renderDashboards(config, rules(config));
};

/** A panel, as Grafana reads it. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly {
    readonly refId: string;
    readonly expr?: string;
    readonly legendFormat?: string;
    readonly exemplar?: boolean;
    readonly instant?: boolean;
  }[];
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit?: string;
      readonly noValue?: string;
      readonly max?: number;
      readonly color?: { readonly mode: string };
      readonly mappings?: readonly { readonly type: string }[];
      readonly custom?: { readonly showPoints?: string; readonly axisSoftMax?: number };
      readonly links?: readonly { url: string }[];
    };
    readonly overrides?: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
  readonly options?: {
    readonly legend?: { readonly displayMode?: string; readonly calcs?: readonly string[] };
    readonly sortBy?: readonly unknown[];
    readonly yAxis?: { readonly unit?: string };
    readonly graphMode?: string;
  };
  readonly transformations?: readonly { readonly id: string; readonly options: unknown }[];
  /** Panels of a closed row. */
  readonly panels?: readonly Panel[];
  readonly collapsed?: boolean;
}

/** A dashboard, as Grafana reads it. */
export interface File {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly panels: readonly Panel[];
  readonly links: readonly { readonly type: string; readonly url?: string; readonly tags: readonly string[] }[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly definition?: string;
      readonly query: { readonly query: string } | string;
    }[];
  };
  readonly annotations: {
    readonly list: readonly { readonly name: string; readonly target: { readonly expr: string } }[];
  };
}

/** The dashboards of an environment file's text where everybody emits: the JSON, and what it says. */
export const files = (text: string): { text: string; file: File }[] =>
  [...rendered(text).values()].map((dashboard) => {
    const json = toJson(dashboard);
    return { text: json, file: JSON.parse(json) as File };
  });

/** Panels that show something, those of closed rows among them. */
export const panelsOf = ({ panels }: File): Panel[] =>
  panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter(({ type }) => type !== 'row');
