import type { ApiObject } from 'cdk8s';
import { ComponentChart } from '../../lib/component-chart';
import type { Identity } from '../../lib/labels';
import type { ComponentParty } from '../../lib/parties';
import { Pod, type PodProps } from '../../lib/pod';
import type { StackContext } from './context';
import type { Part } from './part';

/** What is said of a pod beyond what all pods of the stack share. */
export type OwnPodProps = Omit<PodProps, 'graph' | 'placement'>;

/** The chart of a component. Its objects are rendered when they are needed, so that others can add to them until then. */
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

  /** The objects of this chart, for patches by cdk8s' own means. What is added to a component after this is refused. */
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

/** What a program is called in labels: the program, its role, and the stack that it belongs to. */
export const identityOf = (context: StackContext, name: string, component: string): Identity => ({
  name,
  component,
  instance: context.namespace,
});

/** An account of the stack: each workload has one of its own name. */
export const accountOf = ({ namespace }: StackContext, { name }: ComponentParty) => ({ name, namespace });
