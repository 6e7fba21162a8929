/**
 * The typed Kubernetes objects of cdk8s-plus-28, and a function that creates them.
 *
 * Imported from the generated file directly: the package's index would also load two dozen constructs that are not used here.
 */
import { ApiObject } from 'cdk8s';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';

export { k8s };

/** One of the typed object classes, as `k8s.KubeDeployment`. */
interface TypedKind<Props> {
  manifest(props?: Props): { metadata?: { name?: string } };
}

/**
 * Adds an object to a chart. Its properties are checked against the class's types and rendered at once. The resulting ApiObject has no
 * typed filter, so a later patch may set fields and values that the types do not allow. (A patch on a `k8s.Kube…` construct runs before
 * that filter, which drops unknown fields: cdk8s#1184, #2172.)
 */
export function addObject<Props extends object>(
  scope: Construct,
  id: string,
  kind: TypedKind<Props>,
  props: Props,
): ApiObject {
  const manifest = kind.manifest(props) as ConstructorParameters<typeof ApiObject>[2];
  return new ApiObject(scope, id, manifest);
}
