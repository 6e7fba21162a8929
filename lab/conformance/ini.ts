/** Parses the subset of ini that Grafana's settings use: no continuation lines, and only `"""` as quotes. @throws Error at any other line */
export function parse(text: string): Readonly<Record<string, Readonly<Record<string, string>> | undefined>> {
  const sections: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    const [, header] = line.match(/^\[(.+)\]$/) ?? [];
    const [, key, value = ''] = line.match(/^([\w.]+) *= *(.*)$/) ?? [];
    if (header !== undefined) {
      current = {};
      sections[header] = current;
    } else if (key !== undefined) current[key] = value.replace(/^"""(.*)"""$/, '$1');
    else if (line !== '' && !/^[#;]/.test(line)) throw new Error(`not a line of an ini file: ${line}`);
  }
  return sections;
}
