import { writeFileSync } from 'node:fs';
import { type App, Yaml } from 'cdk8s';
import { writeYaml } from './yaml';

/**
 * Writes the manifests of an App like `app.synth()`, but with a YAML writer that quotes every string which needs it.
 *
 * cdk8s' own writer leaves some texts without quotes that kubectl reads as something else: `0o14` becomes the number 12, `0X1F` 31. Others
 * are a syntax error in some parsers: a tab within a line, U+0085, U+2028, a byte order mark, a line break at the start. If an App has no
 * such text, both write the same bytes. `app.synth()` accepts no other writer, so cdk8s' writer is replaced while it runs. Checks, file
 * names and `yamlOutputType` stay those of cdk8s.
 *
 * @example
 * import { App } from 'cdk8s';
 * import { ObservabilityStack, synth } from 'cdk8s-observability';
 *
 * const app = new App();
 * new ObservabilityStack(app, 'observability', { environment: 'development' });
 * synth(app);
 *
 * @throws Error if the validation of a node finds a problem, before any file is written
 * @throws Error if a string contains an unpaired surrogate, which cannot be encoded
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
