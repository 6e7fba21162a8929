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
  /** Its display name. */
  readonly title: string;
  readonly endpoint: Endpoint;
  /** The environment variable that sets the port on this machine; null: the same port. */
  readonly variable: keyof Variables | null;
}

/** One component in one stack: what it offers to other components, and what it adds to them. */
export interface Part {
  /** Ports that `make monitor-up` forwards. @default - none */
  readonly forwards?: readonly ForwardedPort[];
  /** Connects this component to others. At this point all components are built and none is rendered. @default - nothing */
  connect?(): void;
  /**
   * Adds the objects to the charts. It is called once, when the manifests are written. Until then, other components and users of the
   * library can add to this one.
   */
  render(): void;
  /** Ports that `network.allowFrom` opens. @default - none */
  readonly ingressPorts?: readonly Endpoint[];
  /** Pods that `network.egress` names. @default - none */
  readonly pods?: readonly ComponentParty[];
  /** The claims that outlive its pod. @default - none, or one for each pod */
  readonly claim?: Claim | null;
  /** Further claims, for what is not the data of its own pods. @default - none */
  readonly claims?: readonly Claim[];
  /** Scrape jobs. @default - none */
  scrapeJobs?(client: ComponentParty): readonly ScrapeJob[];
  /** The rights that Prometheus needs in another namespace to discover these targets. @default - nothing */
  readonly scrapeRight?: Omit<Grant, 'account'>;
  /** Rights of this component in namespaces that are not the stack's. @default - none */
  grants?(): readonly Grant[];
  /** Its datasources in Grafana. @default - nothing */
  datasource?(grafana: Pod): Datasource;
}
