/** Why an image is not pulled, from what the registry or the way to it says. */
import type { ClusterEvent, Pod } from '../objects';
import type { Cause } from './cause';
import {
  IMAGE_ABSENT,
  IMAGE_DENIED,
  IMAGE_NAME,
  IMAGE_NOT_FOUND,
  IMAGE_PULL,
  REGISTRY_UNREACHABLE,
} from './causes/images';

type ImageCause = Cause<{ readonly text: string }>;

/** What a registry, or the way to it, says; containerd and CRI-O pass it on. */
const PULL_FAILURES: readonly (readonly [pattern: RegExp, cause: ImageCause])[] = [
  [
    /no such host|dial tcp|i\/o timeout|connection (refused|reset)|x509|TLS handshake|proxyconnect|deadline exceeded/i,
    REGISTRY_UNREACHABLE,
  ],
  [
    /\b40[13] \(?(unauthorized|forbidden)|unauthorized|denied|authorization failed|no basic auth credentials|authentication required/i,
    IMAGE_DENIED,
  ],
  [/not found|manifest unknown|no match for platform|no matching manifest/i, IMAGE_NOT_FOUND],
];

/** The reasons of the kubelet for an image that it does not have. */
const IMAGE_REASONS: Readonly<Record<string, ImageCause | 'pull'>> = {
  ImagePullBackOff: 'pull',
  ErrImagePull: 'pull',
  InvalidImageName: IMAGE_NAME,
  ErrImageNeverPull: IMAGE_ABSENT,
};

/** Why a container waits for its image; undefined if it waits for something else. @param message of the container */
export function imageCause(
  reason: string,
  message: string,
  spec: Pod['spec'],
  events: readonly ClusterEvent[],
): ImageCause | undefined {
  const cause = IMAGE_REASONS[reason];
  if (cause !== 'pull') return cause;
  // "Back-off pulling image" alone does not say why: the event of the failure does.
  const failed = events.filter((event) => event.reason === 'Failed' && event.message?.includes('pull')).at(-1);
  const said = withoutReferences(`${message} ${failed?.message ?? ''}`, spec);
  return PULL_FAILURES.find(([pattern]) => pattern.test(said))?.[1] ?? IMAGE_PULL;
}

/** A message without the names, tags and digests of images and without URLs: they may have any word or number in them. */
function withoutReferences(message: string, { containers, initContainers = [] }: Pod['spec']): string {
  const text = message.replace(/"[^"]*"/g, '').replace(/https?:\/\/\S+/g, '');
  return [...initContainers, ...containers].reduce((rest, { image }) => rest.replaceAll(image, ''), text);
}
