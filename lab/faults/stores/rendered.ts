/** The manifests of an environment, and the configurations in them. */
import { parse } from 'yaml';
import { ConfigError } from '../../../config/problems';
import { appsOf, buildStack } from '../../../stack/apps';
import { type Manifest, manifestsOf, podOf } from '../../../stack/checks/manifest';
import { readSettings } from '../../../stack/load';

/** Every object of an environment. @param text of its file @throws ConfigError with each problem */
export function rendered(text: string): readonly Manifest[] {
  const settings = readSettings('environments/faults.yaml', text);
  if (!settings.ok) throw new ConfigError(settings.problems);
  const files = { environment: 'faults', rules: [], dashboards: [], samplingStrategies: null };
  return manifestsOf(appsOf(buildStack({ ...settings.value, ...files }, 'unused')));
}

function find(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind}/${name} was rendered`);
  return found;
}

/** A file of a ConfigMap, parsed. @throws Error if there is none */
export function fileOf<Content = object>(objects: readonly Manifest[], configMap: string, file: string): Content {
  const text = find(objects, 'ConfigMap', configMap).data?.[file];
  if (text === undefined) throw new Error(`the rendered ConfigMap ${configMap} has no ${file}`);
  return parse(text) as Content;
}

/** The arguments and variables of the first container of a workload; variables without a value in the manifest are left out. */
export function containerOf(objects: readonly Manifest[], kind: string, name: string) {
  const container = podOf(find(objects, kind, name))?.containers[0];
  if (container === undefined) throw new Error(`${kind}/${name} has no container`);
  const env = (container.env ?? []).flatMap((entry) => (entry.value === undefined ? [] : [[entry.name, entry.value]]));
  return { args: container.args ?? [], env: Object.fromEntries(env) as Readonly<Record<string, string>> };
}
