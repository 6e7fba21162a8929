/** Asks Grafana's own library what it shows of a panel (lab/tools/grafana-data/shown.cjs). */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GRAFANA_DATA, TOOLS } from '../../../lab/cache';
import type { Panel } from '../../content/dashboards/dashboard-files';

/** A frame of data, as a datasource returns it. */
export interface Frame {
  readonly refId?: string;
  readonly fields: readonly {
    readonly name: string;
    readonly type: 'time' | 'number' | 'string';
    readonly values: readonly (number | string)[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly config?: { readonly displayNameFromDS?: string };
  }[];
}

/** What is shown of a panel. */
export interface Shown {
  /** Of a stat or a bar. */
  readonly values: readonly { readonly text: string; readonly colour: string }[];
  /** Columns of the frames after the panel's transformations. */
  readonly frames: readonly (readonly {
    readonly name: string;
    readonly values: readonly unknown[];
    readonly heading: string;
    readonly texts: readonly string[];
    readonly colours: readonly string[];
    readonly colour?: { readonly mode: string; readonly fixedColor?: string };
    readonly custom: Readonly<Record<string, unknown>>;
    /** The range that bars and gradients are drawn in. */
    readonly range?: { readonly min: number; readonly max: number };
  }[])[];
}

/** @throws Error with what the library says, or if it is not there: `make lab-build` installs it */
export function shownBy(input: readonly { readonly panel: Panel; readonly frames: readonly Frame[] }[]): Shown[] {
  if (!existsSync(GRAFANA_DATA)) throw new Error("Grafana's library is not installed: run make lab-build");
  const program = join(TOOLS, 'grafana-data/shown.cjs');
  const answer = spawnSync('node', [program, GRAFANA_DATA], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (answer.status !== 0) throw new Error(answer.stderr);
  return JSON.parse(answer.stdout);
}
