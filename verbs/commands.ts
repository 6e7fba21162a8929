/** Commands as they are printed for copying. */

/** What a printed command must reach. */
export interface Target {
  /** Name of the kubectl context; null: what kubectl finds by itself. */
  readonly context: string | null;
  /** What the operator said to this verb, and must say to the next: `ENVIRONMENT=production`, `CONTEXT=name`. */
  readonly said: Readonly<Record<string, string | null>>;
}

/** Commands that reach the cluster and the environment of this verb, whatever the current context is when they are copied. */
export interface Commands {
  /** A kubectl command. @param command what follows `kubectl` */
  readonly kubectl: (command: string) => string;
  /** A verb of `make`. @param variables what it is given besides, as `YES=1` */
  readonly make: (verb: string, ...variables: readonly string[]) => string;
}

/** The commands for a target. */
export const commandsFor = ({ context, said }: Target): Commands => ({
  kubectl: (command) => ['kubectl', ...(context === null ? [] : ['--context', quoted(context)]), command].join(' '),
  make: (verb, ...variables) => {
    const given = Object.entries(said).flatMap(([name, value]) => (value === null ? [] : [`${name}=${quoted(value)}`]));
    return ['make', verb, ...given, ...variables].join(' ');
  },
});

/** For documents, which know neither. */
export const ANYWHERE: Commands = commandsFor({ context: null, said: {} });

/** A word for a POSIX shell. Names of contexts may hold anything. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
