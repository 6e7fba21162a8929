import { writeFileSync } from 'node:fs';
import { type App, Yaml } from 'cdk8s';
import { writeYaml } from './yaml';

/**
 * Writes the manifests of an App: what `app.synth()` does, with a writer of YAML that keeps every string a string.
 *
 * cdk8s' own writer leaves some texts without quotes that kubectl reads as something else: `0o14` becomes the number 12, `0X1F` 31.
 * Others are a syntax error to some readers: a tab within a line, U+0085, U+2028, a byte order mark, a line break at the start.
 * Where no text of an App is one of these, both write the same bytes. `app.synth()` has no place for another writer, so that cdk8s'
 * is replaced while it runs: checks, file names and every `yamlOutputType` stay cdk8s' own.
 *
 * @example
 * import { App } from 'cdk8s';
 * import { ObservabilityStack, synth } from 'cdk8s-observability';
 *
 * const app = new App();
 * new ObservabilityStack(app, 'observability', { environment: 'development' });
 * synth(app);
 *
 * @throws Error where a node's validation finds something, before any file is written
 * @throws Error where a string holds half of a surrogate pair, which is no text
 */
export function synth(app: App): void {
  const { save } = Yaml;
  Yaml.save = (file, documents) => writeFileSync(file, writeYaml(...documents));
  try {
    app.synth();
  } finally {
    Yaml.save = save;
  }
}
