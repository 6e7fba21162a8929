/** Writes an App's objects. cdk8s' writer leaves some strings unquoted that kubectl does not read as strings. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, type Chart, Names } from 'cdk8s';
import { writeYaml } from './yaml';

/** The objects of a chart as the text of one file with YAML documents. */
export const manifestText = (chart: Chart): string => writeYaml(...(chart.toJson() as readonly unknown[]));

/**
 * Writes an App's folder: one file for each chart, with cdk8s' names. Charts must not depend on each other: cdk8s would number their names.
 */
export function writeManifests(app: App): void {
  mkdirSync(app.outdir, { recursive: true });
  for (const chart of app.charts) {
    const name = Names.toDnsLabel(chart, { includeHash: false });
    writeFileSync(join(app.outdir, `${name}${app.outputFileExtension}`), manifestText(chart));
  }
}
