/** Commands that are printed for the user to copy. */

/** The cluster and environment that a printed command must reach. */
export interface Target {
  /** Name of the kubectl context; null: kubectl's current context. */
  readonly context: string | null;
  /** Variables of this command that the next one needs too: `ENVIRONMENT=production`, `CONTEXT=name`. */
  readonly variables: Readonly<Record<string, string | null>>;
}

/** Commands that reach the same cluster and environment, whatever the current context is when they are run. */
export interface Commands {
  /** A kubectl command. @param command what follows `kubectl` */
  readonly kubectl: (command: string) => string;
  /** A `make` command. @param extra further variables, such as `YES=1` */
  readonly make: (target: string, ...extra: readonly string[]) => string;
  /** A script of package.json whose output is used. */
  readonly npm: (script: string) => string;
}

/** The commands for a target. */
export function commandsFor({ context, variables }: Target): Commands {
  const given = Object.entries(variables).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${quoted(value)}`],
  );
  return {
    kubectl: (command) => ['kubectl', ...(context === null ? [] : ['--context', quoted(context)]), command].join(' '),
    make: (target, ...extra) => ['make', target, ...given, ...extra].join(' '),
    npm: (script) => [...given, 'npm run --silent', script].join(' '),
  };
}

/** For documents: without a context and without variables. */
export const DOCUMENTED: Commands = commandsFor({ context: null, variables: {} });

/** Quotes a word for a POSIX shell. The name of a context may contain any character. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
