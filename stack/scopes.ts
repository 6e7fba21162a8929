import { ApiObject } from 'cdk8s';
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

  /** The scope of a folder that is written apart from the stack; null: every chart is in one App. */
  separate(folder: string): Construct | null {
    return this.scopeOf === undefined ? null : this.of(folder);
  }

  /** Every scope, each once. */
  get all(): readonly Construct[] {
    return [this.own, ...this.#folders.values()];
  }

  /** Every object of the stack, each once. */
  get objects(): readonly ApiObject[] {
    const nodes = this.all.flatMap((scope) => scope.node.findAll());
    return [...new Set(nodes.filter((node): node is ApiObject => ApiObject.isApiObject(node)))];
  }
}
