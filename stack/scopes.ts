import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';

/**
 * The construct scopes for the charts of a stack: the stack itself for what is applied and deleted together, and one for each folder that
 * is applied or kept separately.
 */
export class Scopes {
  readonly #folders = new Map<string, Construct>();

  /**
   * @param own the stack
   * @param scopeOf returns the scope of a folder. @default - a construct of that name below the stack
   */
  constructor(
    readonly own: Construct,
    readonly scopeOf?: (folder: string) => Construct,
  ) {}

  /** The scope of a folder; undefined: that of the stack's own charts. */
  of(folder?: string): Construct {
    if (folder === undefined) return this.own;
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const scope =
      this.scopeOf === undefined
        ? new Construct(this.own, folder)
        : new Construct(this.scopeOf(folder), this.own.node.id);
    this.#folders.set(folder, scope);
    return scope;
  }

  /** Every scope, each once. */
  get all(): readonly Construct[] {
    return [this.own, ...this.#folders.values()];
  }

  /** Every chart of the stack, each once. */
  get charts(): readonly Chart[] {
    return this.#nodes((node): node is Chart => Chart.isChart(node));
  }

  /** Every object of the stack, each once. */
  get objects(): readonly ApiObject[] {
    return this.#nodes((node): node is ApiObject => ApiObject.isApiObject(node));
  }

  #nodes<Node extends Construct>(is: (node: unknown) => node is Node): readonly Node[] {
    return [...new Set(this.all.flatMap((scope) => scope.node.findAll()).filter(is))];
  }
}
