/** Loaded into a process that is measured: when it ends, it says how much memory it has had at most. */
process.on('exit', () => process.stderr.write(`\npeak-memory-kib ${process.resourceUsage().maxRSS}\n`));
