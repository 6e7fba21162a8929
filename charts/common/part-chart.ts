import type { ApiObject } from 'cdk8s';
import { ComponentChart } from '../../lib/component-chart';
import type { Identity } from '../../lib/labels';
import type { ComponentParty } from '../../lib/parties';
import { Pod, type PodProps } from '../../lib/pod';
import type { StackContext } from './context';
import type { Part } from './part';

/** The options of a pod beyond those that all pods of the stack share. */
export type OwnPodProps = Omit<PodProps, 'graph' | 'placement'>;

/** The chart of a component. Its objects are rendered when they are needed. Until then, other components can add to them. */
export abstract class PartChart extends ComponentChart implements Part {
  /**
   * @param id name of the rendered file, as `30-prometheus`
   * @param namespace namespace of its objects. @default - the stack's
   */
  protected constructor(
    protected readonly context: StackContext,
    id: string,
    namespace = context.namespace,
  ) {
    super(context.scope(), id, namespace, context.namespace);
  }

  abstract render(): void;

  /** The objects of this chart, for patches with the cdk8s API. Reading them renders the stack, and later additions are rejected. */
  override get apiObjects(): ApiObject[] {
    this.context.complete();
    return super.apiObjects;
  }

  override toJson(): unknown[] {
    this.context.complete();
    return super.toJson();
  }

  /** A pod of this chart. */
  protected pod(props: OwnPodProps): Pod {
    const { topology, placement } = this.context;
    return new Pod({ graph: topology, placement, ...props });
  }
}

/** The values of a program's labels: the program, its role, and the stack that it belongs to. */
export const identityOf = (context: StackContext, name: string, component: string): Identity => ({
  name,
  component,
  instance: context.namespace,
});

/** A ServiceAccount of the stack: each workload has one, which bears its name. */
export const accountOf = ({ namespace }: StackContext, { name }: ComponentParty) => ({ name, namespace });
