import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectLabels } from './labels';

/** A chart whose objects are in one namespace and carry the labels of the installation. */
export class ComponentChart extends Chart {
  /**
   * @param scope the App
   * @param id name of the rendered file, as `30-prometheus`
   * @param namespace namespace of its objects
   * @param instance the installation that they belong to: the stack's namespace
   */
  constructor(scope: Construct, id: string, namespace: string, instance = namespace) {
    super(scope, id, { namespace, labels: objectLabels(instance), disableResourceNameHashes: true });
  }
}
