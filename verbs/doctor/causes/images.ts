/** Images that a node cannot pull. */
import { type AnyCause, type At, type Cause, entryOf } from '../cause';

/** What the kubelet says about a container. */
interface Said {
  readonly text: string;
}
const says = ({ text }: Said) => text;
const REGISTRY = 'registry.example.com/jaegertracing/jaeger:2.20';
const example = (at: At, message: string) => ({
  part: `Deployment/${at.places.jaegerReader.service}`,
  details: { text: `container jaeger of jaeger-6c9: ImagePullBackOff: ${message}` },
});

export const IMAGE_NAME: Cause<Said> = {
  id: 'image-name-invalid',
  section: 'start',
  title: 'The name of an image is not valid',
  meaning: 'The reference cannot be parsed: capitals, a space, or two colons.',
  found: 'The container waits with InvalidImageName.',
  says,
  next: () => 'correct images.<component> in the environment file',
  example: (at) => example(at, 'InvalidImageName: couldn\'t parse image name "Jaeger:2.20:1"'),
};

export const IMAGE_NOT_FOUND: Cause<Said> = {
  id: 'image-not-found',
  section: 'start',
  title: 'The registry does not have an image',
  meaning: 'The tag, the digest or the repository is wrong, or a mirror has not copied it.',
  found: 'The container cannot pull its image, and the answer of the registry is "not found".',
  says,
  next: () => 'correct images.<component> in the environment file, or copy the image to your registry',
  example: (at) => example(at, `failed to resolve reference "${REGISTRY}": not found`),
};

export const IMAGE_DENIED: Cause<Said> = {
  id: 'image-pull-denied',
  section: 'start',
  title: 'The registry wants credentials for an image',
  meaning: 'The registry is private, and the pods have no pull secret, or a wrong or expired one.',
  found: 'The container cannot pull its image, and the registry answers with 401 or 403.',
  says,
  next: ({ commands: { kubectl }, places: { namespace } }) =>
    `${kubectl(`-n ${namespace} create secret docker-registry registry --docker-server=HOST --docker-username=USER --docker-password=VALUE`)}, and add imagePullSecrets: [{name: registry}] to the pods with patches in the environment file`,
  example: (at) => example(at, `failed to authorize: ${REGISTRY}: 401 Unauthorized`),
};

export const REGISTRY_UNREACHABLE: Cause<Said> = {
  id: 'registry-unreachable',
  section: 'start',
  title: 'A node cannot reach the registry',
  meaning: 'The host name does not resolve, a firewall or proxy is in between, or its certificate is not trusted.',
  found: 'The container cannot pull its image, and the message is of the network and not of the registry.',
  says,
  next: () => 'give the nodes access to the registry, or set another one: images.<component> in the environment file',
  example: (at) => example(at, 'dial tcp: lookup registry.example.com: no such host'),
};

export const IMAGE_PULL: Cause<Said> = {
  id: 'image-not-pulled',
  section: 'start',
  title: 'An image is not pulled',
  meaning: 'The node cannot pull the image for another reason, such as a rate limit or a full disk.',
  found: 'The container waits with ErrImagePull or ImagePullBackOff, and the message has none of the known reasons.',
  says,
  next: () => 'correct images.<component> in the environment file, or give the nodes access to the registry',
  example: (at) => example(at, 'toomanyrequests: You have reached your pull rate limit'),
};

export const IMAGE_ABSENT: Cause<Said> = {
  id: 'image-not-on-node',
  section: 'start',
  title: 'An image is not on the node',
  meaning: 'A patch sets imagePullPolicy: Never, and the image was not loaded onto this node.',
  found: 'The container waits with ErrImageNeverPull.',
  says,
  next: () => 'load the image onto the node',
  example: (at) => example(at, 'ErrImageNeverPull: container image is not present with pull policy of Never'),
};

export const IMAGE_CAUSES: readonly AnyCause[] = [
  IMAGE_NAME,
  IMAGE_NOT_FOUND,
  IMAGE_DENIED,
  REGISTRY_UNREACHABLE,
  IMAGE_PULL,
  IMAGE_ABSENT,
].map(entryOf);
