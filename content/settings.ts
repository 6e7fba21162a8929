/** The settings of an environment that alerts, objectives and dashboards depend on. */
import type { SamplingStrategies } from '../config/files/sampling';
import type { AlertsSettings } from '../config/schema/alerts';
import type { DashboardUid } from '../lib/dashboard-uids';
import type { AlertSettings } from './alerts/settings';

/** What tokens cost. */
export interface Prices {
  /** ISO 4217 code. */
  readonly currency: string;
  /** Prices of a million tokens, by model. */
  readonly models: readonly {
    readonly model: string;
    readonly inputPerMillion: number;
    readonly outputPerMillion: number;
  }[];
}

/** Settings of an environment. */
export interface ContentSettings extends AlertSettings {
  /** Name of the environment. */
  readonly environment: string;
  readonly alerts: AlertsSettings;
  readonly alertmanager: {
    /** Several gossip with each other. */
    readonly replicas: number;
  };
  /** It has a namespace of its own. */
  readonly nodeExporter: { readonly namespace: string };
  readonly grafana: {
    /** The address that people open. */
    readonly rootUrl: string;
    readonly prices: Prices;
    readonly dashboards: Readonly<Record<DashboardUid, { readonly enabled: boolean }>>;
  };
  readonly jaeger: AlertSettings['jaeger'] & { readonly samplingStrategiesFile: string | null };
  readonly samplingStrategies: SamplingStrategies | null;
}
