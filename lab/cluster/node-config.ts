/** Addresses of the node, and the configuration files of its programs. */
import { PAUSE } from './images';
import type { State } from './processes';

/** The node's address, on the bridge, because the kubelet rejects loopback. */
export const NODE_ADDRESS = '10.213.0.1';
/** Name of the node. */
export const NODE_NAME = 'node1';
/** User name of the kubelet, as the Node authorizer requires it. */
export const NODE_USER = `system:node:${NODE_NAME}`;
/** Addresses of pods. */
export const POD_NETWORK = '10.213.0.0/16';
/** Addresses of Services. */
export const SERVICE_NETWORK = '10.214.0.0/16';
/** Name of the bridge. */
export const BRIDGE = 'cdk8s-lab0';

/** Address of the cluster's DNS Service. */
export const DNS_ADDRESS = '10.214.0.10';

/** Runtime files: a short path, because the path of a socket is limited to 108 bytes. */
export const RUN = '/run/cdk8s-lab';
/** containerd's socket. */
export const SOCKET = `${RUN}/containerd.sock`;

/** Pods on a bridge (https://www.cni.dev/plugins/current/main/bridge/). */
export const network = {
  cniVersion: '0.4.0',
  name: 'lab',
  plugins: [
    {
      type: 'bridge',
      bridge: BRIDGE,
      isGateway: true,
      ipMasq: true,
      hairpinMode: true,
      ipam: {
        type: 'host-local',
        dataDir: `${RUN}/addresses`,
        ranges: [[{ subnet: POD_NETWORK, rangeStart: '10.213.0.10' }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

/** containerd.toml. */
export const containerdConfig = (state: State) => `version = 2
root = "${state.path('containerd')}"
state = "${RUN}/state"
[grpc]
  address = "${SOCKET}"
[plugins."io.containerd.grpc.v1.cri"]
  # Without CAP_SYS_RESOURCE, runc cannot lower the score and dies.
  restrict_oom_score_adj = true
  sandbox_image = "${PAUSE}"
  enable_unprivileged_ports = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${state.path('cni')}"
`;

/** kubelet.yaml. */
export const kubeletConfig = (state: State) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: state.path('pki/ca.crt') },
  },
  authorization: { mode: 'Webhook' },
  cgroupDriver: 'cgroupfs',
  failSwapOn: false,
  failCgroupV1: false,
  clusterDNS: [DNS_ADDRESS],
  clusterDomain: 'cluster.local',
  containerRuntimeEndpoint: `unix://${SOCKET}`,
  evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
  // No image can be pulled again.
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  tlsCertFile: state.path('pki/node.crt'),
  tlsPrivateKeyFile: state.path('pki/node.key'),
});
