/** What Grafana makes of its files, by the libraries that it reads them with. */
import { programPath } from '../../../lab/cache';
import { must } from '../../../lab/commands';

/** An annotation or a label of an alert rule, with what its query has returned: no values are no series. */
export interface AlertTemplate {
  readonly text: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, number>>;
}

/** What to read. */
export interface GrafanaFiles {
  /** The text of grafana.ini. */
  readonly settings?: string;
  /** The texts of provisioning files. */
  readonly provisioning?: readonly string[];
  readonly templates?: readonly AlertTemplate[];
}

/** What became of it. */
export interface GrafanaValues {
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
  readonly provisioning: readonly unknown[];
  readonly templates: readonly { readonly text: string; readonly error?: string }[];
}

/** Reads files as Grafana does. @throws Error where it would not start with them */
export const grafanaReads = async (
  files: GrafanaFiles,
  env: Readonly<Record<string, string>> = {},
): Promise<GrafanaValues> =>
  JSON.parse(await must(programPath('grafana-reads'), [], { input: JSON.stringify(files), env })) as GrafanaValues;
