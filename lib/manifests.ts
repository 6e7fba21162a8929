/** How an App's objects are written. cdk8s' own writer leaves strings as they are that kubectl reads as something else. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, type Chart, Names } from 'cdk8s';
import { writeYaml } from './yaml';

/** The objects of a chart as one file of YAML documents. */
export const manifestText = (chart: Chart): string => writeYaml(...(chart.toJson() as readonly unknown[]));

/**
 * Writes an App's folder: a file a chart, with the names that cdk8s gives. No chart depends on another, or cdk8s would number the names.
 */
export function writeManifests(app: App): void {
  mkdirSync(app.outdir, { recursive: true });
  for (const chart of app.charts) {
    const name = Names.toDnsLabel(chart, { includeHash: false });
    writeFileSync(join(app.outdir, `${name}${app.outputFileExtension}`), manifestText(chart));
  }
}
