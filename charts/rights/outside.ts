import type { Construct } from 'constructs';
import type { Config } from '../../config/load';
import { ComponentChart } from '../../lib/component-chart';
import type { Endpoints } from '../endpoints';
import { addRole, type Purpose } from './roles';

/** What one of our accounts may do in a namespace that is not ours. */
interface Grant {
  readonly namespace: string;
  readonly account: string;
  readonly purpose: Purpose;
}

/** Namespaces that are not ours, and what our accounts may do there. */
export interface OutsideRights {
  /** Folder below the environment's, named for the key of the environment file that names the namespace. */
  readonly folder: string;
  readonly namespace: string;
  readonly grants: readonly Grant[];
}

/** Every namespace that is read and not ours, each once, under the first key that names it. */
export function outsideRights(config: Config, endpoints: Endpoints): OutsideRights[] {
  const keys: readonly (readonly [folder: string, grants: readonly Grant[]])[] = [
    ['jan-server', janServerGrants(config, endpoints)],
    ['vllm', podGrants(config.vllm, endpoints)],
    ['gpu', podGrants(config.gpu, endpoints)],
  ];
  const found = new Map<string, OutsideRights>();
  for (const [folder, grants] of keys) {
    for (const grant of grants) {
      const { namespace } = grant;
      const before = found.get(namespace) ?? { folder, namespace, grants: [] };
      const isThere = before.grants.some(
        ({ account, purpose }) => account === grant.account && includes(purpose, grant.purpose),
      );
      found.set(namespace, isThere ? before : { ...before, grants: [...before.grants, grant] });
    }
  }
  return [...found.values()];
}

/** Discovery, where its pods are found by endpoint slices; metadata for the Collector; the state of its objects. */
function janServerGrants({ janServer }: Config, { prometheus, collector, kubeStateMetrics }: Endpoints): Grant[] {
  if (janServer === null) return [];
  const { namespace, discovery } = janServer;
  const grant = (account: string, purpose: Purpose) => ({ namespace, account, purpose });
  return [
    ...(discovery === 'kubernetes' ? [grant(prometheus.party.name, 'discovery')] : []),
    grant(collector.party.name, 'pods'),
    ...(kubeStateMetrics === null ? [] : [grant(kubeStateMetrics.party.name, 'objects')]),
  ];
}

/** Prometheus finds pods by their labels. */
const podGrants = (place: { readonly namespace: string } | null, { prometheus }: Endpoints): Grant[] =>
  place === null ? [] : [{ namespace: place.namespace, account: prometheus.party.name, purpose: 'pods' }];

/** Whether what one purpose needs holds all that another needs. */
const includes = (one: Purpose, other: Purpose): boolean => one === other || (one === 'discovery' && other === 'pods');

/** The rights of the stack in a namespace that belongs to somebody else. It is never rendered or deleted here. */
export class OutsideRightsChart extends ComponentChart {
  /** @param home namespace of the stack, where its accounts live */
  constructor(scope: Construct, id: string, { namespace, grants }: OutsideRights, home: string) {
    super(scope, id, namespace, home);
    for (const { account, purpose } of grants) addRole(this, purpose, { name: account, namespace: home });
  }
}
