import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { COMPONENTS } from '../charts';
import type { Component } from '../charts/common/component';
import type { StackContext } from '../charts/common/context';
import type { ForwardedPort, Part } from '../charts/common/part';
import { NamespaceChart } from '../charts/namespace/chart';
import { NetworkChart } from '../charts/network/chart';
import { OutsideRightsChart, outsideRights } from '../charts/rights/chart';
import { PriorityChart } from '../charts/scheduling/chart';
import { StorageChart } from '../charts/storage/chart';
import type { Places } from '../content/runbooks/places';
import type { Endpoint } from '../lib/endpoint';
import type { Topology } from '../lib/topology';
import { stackFindings } from './checks/stack';
import type { Config } from './config';
import { connectConfigured } from './configured-network';
import { contentOf } from './content';
import { contextOf } from './context';
import { applyPatches } from './patches';
import { placesOf } from './places';
import { type EnvironmentRules, environmentRules } from './rules';
import { Scopes } from './scopes';
import { ALL_COMPONENTS, COMPONENTS_IN_ORDER } from './settings';

type Components = typeof COMPONENTS;
/** The type that a component builds. */
type PartOf<Key extends keyof Components> = NonNullable<ReturnType<Components[Key]['build']>>;

/** Pods that may connect to the stack. */
export interface AllowedPods {
  readonly namespace: string;
  /** @default - all pods of the namespace */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** The construct scopes of a stack's charts. */
export interface StackProps {
  /**
   * The scope of the charts of a folder. `keep` contains the Namespace and the claims, which must outlive the programs; `hooks` the smoke
   * test, which must not run with each apply; `jan-server` and others contain the Roles in namespaces that are not the stack's. With a
   * separate App for each, `kubectl delete -f` of the stack's folder does not delete them.
   * @default - constructs of these names below the stack, so that all charts are in one App; there is no smoke test
   */
  readonly scopeOf?: (folder: string) => Construct;
}

/** Rights in one namespace that is not the stack's. */
export interface OutsideFolder {
  readonly folder: string;
  readonly namespace: string;
}

/**
 * All charts of a stack: OpenTelemetry Collector, Prometheus, Jaeger, Grafana and what they need. `buildStack` makes one for each
 * environment file; users of the library use it through `library/stack.ts`.
 *
 * Its objects are rendered when the App is synthesized; until then, objects and settings can be added to its components.
 */
export class StackConstruct extends Construct {
  /** Receives OTLP. */
  readonly collector: PartOf<'collector'>;
  /** Scrapes targets, stores series, evaluates rules. */
  readonly prometheus: PartOf<'prometheus'>;
  /** Stores spans and shows them. */
  readonly jaeger: PartOf<'jaeger'>;
  /** Shows dashboards. */
  readonly grafana: PartOf<'grafana'>;
  /** Sends notifications; null: `alertmanager.enabled` is false. */
  readonly alertmanager: PartOf<'alertmanager'> | null;
  /** The connections of the stack. */
  readonly topology: Topology;
  readonly #scopes: Scopes;
  readonly #context: StackContext;
  readonly #parts = new Map<string, { readonly component: Component; readonly part: Part }>();
  #rules: EnvironmentRules | undefined;
  #findings: string[] | undefined;
  #state: 'open' | 'rendering' | 'rendered' | 'failed' = 'open';
  #outside: readonly OutsideFolder[] = [];

  /** @param config its input, checked and with all defaults */
  constructor(
    scope: Construct,
    id: string,
    readonly config: Config,
    props: StackProps = {},
  ) {
    super(scope, id);
    this.#scopes = new Scopes(this, props.scopeOf);
    this.#context = contextOf(this.config, {
      scopes: this.#scopes,
      content: contentOf(this.config, {
        rules: () => this.rules,
        places: () => this.places,
        added: () => this.#added,
      }),
      parts: () => this.#parts,
      complete: () => this.complete(),
      checkOpen: (call) => this.#checkOpen(call),
    });
    this.topology = this.#context.topology;
    this.#addKept();
    this.#build();
    this.collector = this.#required(COMPONENTS.collector);
    this.prometheus = this.#required(COMPONENTS.prometheus);
    this.jaeger = this.#required(COMPONENTS.jaeger);
    this.grafana = this.#required(COMPONENTS.grafana);
    this.alertmanager = this.#context.part(COMPONENTS.alertmanager);
    this.node.addValidation({ validate: () => this.findings() });
  }

  /** The rules, and the metrics that they are checked against. */
  get rules(): EnvironmentRules {
    this.#rules ??= environmentRules(this.config, this.prometheus.ownJobs);
    return this.#rules;
  }

  /** Names and addresses for the runbooks. */
  get places(): Places {
    return placesOf(this.config, this);
  }

  /** Ports that `make monitor-up` forwards: those of the last component first. */
  get forwards(): readonly ForwardedPort[] {
    return [...ALL_COMPONENTS].reverse().flatMap(({ key }) => this.#parts.get(key)?.part.forwards ?? []);
  }

  /** Every object of the stack, for patches with the cdk8s API. Reading them renders the stack, and later additions are rejected. */
  get apiObjects(): readonly ApiObject[] {
    this.complete();
    return this.#scopes.objects;
  }

  /** The namespaces outside the stack in which it needs rights, with the folder of each. */
  get outside(): readonly OutsideFolder[] {
    this.complete();
    return this.#outside;
  }

  /** All problems of the stack. cdk8s validates an App once for itself and once for each chart, so they are kept. */
  findings(): string[] {
    this.complete();
    this.#findings ??= stackFindings(this);
    return this.#findings;
  }

  /** Renders the objects, unless they are rendered already. Nothing can be added after this. */
  complete(): void {
    if (this.#state === 'failed') throw new Error('the stack could not be rendered: see the error before this one');
    if (this.#state !== 'open') return;
    this.#state = 'rendering';
    try {
      this.#render();
      this.#state = 'rendered';
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }

  #render(): void {
    const parts = [...this.#parts.values()].map(({ part }) => part);
    for (const part of parts) part.connect?.();
    for (const part of parts) part.render();
    connectConfigured(this.config, this.#parts, this.topology);
    this.#addNetwork();
    this.#addRights(parts);
    applyPatches(this.#scopes.objects, this.config.patches, `environments/${this.config.environment}.yaml`);
  }

  get #added() {
    return { rules: this.prometheus.addedRules, dashboards: this.grafana.addedDashboards };
  }

  /** Lets pods connect to a port. */
  allow({ namespace, podLabels = {} }: AllowedPods, endpoint: Endpoint): void {
    this.#checkOpen('network.allow');
    endpoint.allow({ kind: 'pods', name: namespace, namespace, podLabels }, 'allowed by network.allow');
  }

  #checkOpen(call: string): void {
    if (this.#state === 'open') return;
    throw new Error(
      `${call} comes too late: the objects are rendered. Call it before apiObjects is read and before synth.`,
    );
  }

  #build(): void {
    for (const component of COMPONENTS_IN_ORDER) {
      const part = component.build(this.#context, this.config[component.key as keyof Components]);
      if (part !== null) this.#parts.set(component.key, { component, part });
    }
  }

  /** What survives a deletion of the programs: cluster-scoped objects and the claims. A cluster administrator applies it once. */
  #addKept(): void {
    const { namespace, scheduling } = this.config;
    const keep = this.#scopes.of('keep');
    new NamespaceChart(keep, '00-namespace', namespace, 'restricted');
    if (scheduling.priority !== null) new PriorityChart(keep, '05-priority', namespace, scheduling.priority);
  }

  #addNetwork(): void {
    const { namespace, network } = this.config;
    const { dns } = this.#context.placement.platform;
    const { topology } = this;
    new NetworkChart(this.#scopes.of(), '10-network', namespace, { topology, dns, engine: network.engine });
    const claims = ALL_COMPONENTS.flatMap(({ key }) => {
      const { claim = null, claims: further = [] } = this.#parts.get(key)?.part ?? {};
      return [...(claim === null ? [] : [claim]), ...further];
    });
    // No file instead of an empty one.
    if (claims.length > 0)
      new StorageChart(this.#scopes.of('keep'), '10-storage', namespace, this.#context.storageClass, claims);
  }

  /** Rights for service discovery come first. */
  #addRights(parts: readonly Part[]): void {
    const { namespace } = this.config;
    const scraping = this.prometheus.grants();
    const others = parts.filter((part) => part !== this.prometheus).flatMap((part) => part.grants?.() ?? []);
    const rights = outsideRights([...scraping, ...others]);
    for (const right of rights) new OutsideRightsChart(this.#scopes.of(right.folder), '20-roles', right, namespace);
    this.#outside = rights.map(({ folder, namespace: where }) => ({ folder, namespace: where }));
  }

  #required<Key extends string, Schema extends z.ZodType, Built extends Part>(
    component: Component<Key, Schema, Built>,
  ): Built {
    const part = this.#context.part(component);
    if (part === null) throw new Error(`${component.key} is not part of the stack`);
    return part;
  }
}
