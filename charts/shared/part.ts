import type { Variables } from '../../config/variables';
import type { Endpoint } from '../../lib/endpoint';
import type { ComponentParty } from '../../lib/parties';
import type { Pod } from '../../lib/pod';
import type { Claim } from './claim';
import type { Datasource } from './datasource';
import type { Grant } from './roles';
import type { ScrapeJob } from './scrape-jobs';

/** A port of the stack that the operator's commands forward to this machine. */
export interface ForwardedPort {
  /** As people know it. */
  readonly title: string;
  readonly endpoint: Endpoint;
  /** The variable with the port on this machine; null: the same port. */
  readonly variable: keyof Variables | null;
}

/** One component in one stack: what others ask of it, and what it adds to them. */
export interface Part {
  /** Ports that people use on their own machine. @default - none */
  readonly forwards?: readonly ForwardedPort[];
  /** Asks other components for what it needs of them: all are built, and none is rendered. @default - nothing */
  connect?(): void;
  /**
   * Adds the objects to the charts. It is called once, when the manifests are made: until then other components, and the users of the
   * library, add what they need.
   */
  render(): void;
  /** Ports that `network.allowFrom` opens. @default - none */
  readonly entrances?: readonly Endpoint[];
  /** Pods that `network.egress` names. @default - none */
  readonly pods?: readonly ComponentParty[];
  /** What outlives its pod. @default - none, or one for each pod */
  readonly claim?: Claim | null;
  /** Jobs of Prometheus. @default - none */
  scrapeJobs?(client: ComponentParty): readonly ScrapeJob[];
  /** What Prometheus must be allowed to do in another namespace to find these targets. @default - nothing */
  readonly scrapeRight?: Omit<Grant, 'account'>;
  /** Rights of this component in namespaces that are not the stack's. @default - none */
  grants?(): readonly Grant[];
  /** What Grafana asks. @default - nothing */
  datasource?(grafana: Pod): Datasource;
}
