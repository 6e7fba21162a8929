import { ApiObject, type Chart } from 'cdk8s';
import { parse } from 'yaml';
import type { Component } from './handles';

/**
 * The objects of a chart, for users who change them.
 * @param inWords calls a function that renders them, and rewrites its problems
 */
export function componentOf(chart: Chart, inWords: <T>(render: () => T) => T): Component {
  const objects = (): ApiObject[] => {
    // Reading the top-level objects renders all; a workload contains further ones.
    inWords(() => chart.apiObjects);
    return chart.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
  };
  return {
    get apiObjects() {
      return objects();
    },
    apiObject(kind, name) {
      const all = objects();
      const found = all.filter((object) => object.kind === kind && (name === undefined || object.name === name));
      const [first] = found;
      if (first !== undefined && found.length === 1) return first;
      const names = all.map((object) => `${object.kind}/${object.name}`).join(', ');
      const wanted = name === undefined ? kind : `${kind}/${name}`;
      throw new Error(`${found.length === 0 ? 'no' : 'more than one'} ${wanted} here: there are ${names}`);
    },
  };
}

/** Names of the scrape jobs in Prometheus' rendered configuration. */
export function jobsOf(configMap: ApiObject): string[] {
  const { data } = configMap.toJson() as { data: Readonly<Record<string, string>> };
  const content = parse(data['prometheus.yaml'] ?? '') as { scrape_configs?: readonly { job_name: string }[] };
  return (content.scrape_configs ?? []).map(({ job_name }) => job_name);
}
