import type { Construct } from 'constructs';
import { addConfigFiles } from '../../lib/config-file';
import type { Endpoint } from '../../lib/endpoint';
import { toCollectorYaml } from '../../lib/env-text';
import type { Image } from '../../lib/image';
import { ConfigFolder } from '../../lib/mount';
import type { Pod } from '../../lib/pod';

/** Only this pod connects to it. */
const ADDRESS = '127.0.0.1:4318';

/** Where the script sends what has to leave by gRPC. */
export const GRPC_SENDER_URL = `http://${ADDRESS}`;

const NAME = 'grpc-sender';
const PATH = '/etc/grpc-sender';

/**
 * A Collector beside the script, which has no gRPC: it takes OTLP over HTTP, and answers once the stack's Collector has accepted the same
 * over gRPC. Without a queue and without retries, a refusal is its answer.
 */
export function addGrpcSender(scope: Construct, pod: Pod, otlpGrpc: Endpoint, image: Image): void {
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: ADDRESS } } } },
    exporters: {
      otlp_grpc: {
        endpoint: otlpGrpc.addressFor(pod.party, 'smoke test'),
        tls: { insecure: true },
        sending_queue: { enabled: false },
        retry_on_failure: { enabled: false },
      },
    },
    service: {
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
      pipelines: {
        traces: { receivers: ['otlp'], exporters: ['otlp_grpc'] },
        metrics: { receivers: ['otlp'], exporters: ['otlp_grpc'] },
      },
    },
  };
  const folder = new ConfigFolder(NAME, PATH, () => undefined);
  folder.add(addConfigFiles(scope, `${pod.name}-${NAME}`, { 'config.yaml': toCollectorYaml(config) }));
  pod.sidecar({
    name: NAME,
    image,
    args: [`--config=${PATH}/config.yaml`],
    mounts: [folder.mount],
    resources: { cpu: '50m', memory: '256Mi', ephemeralStorage: '16Mi' },
  });
}
