import type { ManifestSet } from '../manifests';
import { podsOf } from '../pods';
import type { Judgement } from '../verdicts';

/** NetworkPolicies do not block the kubelet's probes, but the container must have the port of each probe. */
export function judgeProbePorts(set: ManifestSet): Judgement[] {
  type Probe = { httpGet?: { port: string | number }; grpc?: { port: number }; tcpSocket?: { port: string | number } };
  return podsOf(set).flatMap(({ owner, spec }) =>
    spec.containers.flatMap(({ ports = [], livenessProbe, readinessProbe, startupProbe }) =>
      [livenessProbe, readinessProbe, startupProbe].flatMap((probe) => {
        const { httpGet, grpc, tcpSocket } = (probe ?? {}) as Probe;
        const port = httpGet?.port ?? grpc?.port ?? tcpSocket?.port;
        if (port === undefined) return [];
        const exists = ports.some(({ name, containerPort }) => name === port || containerPort === port);
        return [{ subject: `${owner}, probe of ${port}`, problem: exists ? null : 'the container has no such port' }];
      }),
    ),
  );
}
