/** A command line of kubectl, taken apart. */
export interface Command {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | undefined>>;
}

const SHORT: Readonly<Record<string, string>> = {
  '-n': 'namespace',
  '-l': 'selector',
  '-o': 'output',
  '-f': 'file',
  '-c': 'container',
};

const WITH_VALUE = new Set([...Object.values(SHORT), 'context', 'kubeconfig']);

/** Flags may stand anywhere; what is left is the command. */
export function parse(args: readonly string[]): Command {
  const flags: Record<string, string> = {};
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [name = '', ...value] = arg.split('=');
    const flag = SHORT[name] ?? (name.startsWith('--') ? name.slice(2) : undefined);
    if (arg === '-A') flags['all-namespaces'] = '';
    else if (flag === undefined) words.push(arg);
    else if (value.length > 0) flags[flag] = value.join('=');
    // `get --raw` has a path after it; `config view --raw` has none.
    else if (WITH_VALUE.has(flag) || (flag === 'raw' && words[0] === 'get')) {
      index += 1;
      flags[flag] = args[index] ?? '';
    } else flags[flag] = '';
  }
  return { words, flags };
}
