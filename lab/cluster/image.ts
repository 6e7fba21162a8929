/** An image of the lab's node. */

/** An image: its files, and how it starts. */
export interface Image {
  readonly name: string;
  readonly entrypoint: readonly string[];
  readonly user: string;
  /** Paths in the image, with the local file that is copied to each. */
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links in the image, with their targets. */
  readonly links?: Readonly<Record<string, string>>;
}

/** Debian's busybox, which is linked statically. */
export const BUSYBOX = '/bin/busybox';

/** Commands of busybox that scripts in the shipped images use. */
const COMMANDS =
  'sh awk base64 basename cat chmod cp cut date df dirname du echo find grep head ls mkdir mv nc od printf rm sed sha256sum sleep sort tail tar test timeout tr wc wget xargs'.split(
    ' ',
  );

/** A shell with its commands. */
export const SHELL = {
  files: { [BUSYBOX]: BUSYBOX },
  links: Object.fromEntries(COMMANDS.map((command) => [`/bin/${command}`, BUSYBOX])),
} as const;
