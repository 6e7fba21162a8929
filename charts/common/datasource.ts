import type { Expansion } from './grafana-values';

/**
 * An entry of `datasources` in Grafana's provisioning file
 * (https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources).
 */
export interface Datasource {
  readonly name: string;
  readonly type: string;
  readonly uid: string;
  readonly access: 'proxy';
  readonly url: string;
  readonly isDefault: boolean;
  readonly editable: boolean;
  readonly jsonData: Readonly<Record<string, unknown>>;
  readonly secureJsonData?: Readonly<Record<string, string | Expansion>>;
  readonly basicAuth?: boolean;
  readonly basicAuthUser?: string;
}
