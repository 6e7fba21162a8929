/** Loaded into a measured process: prints its peak memory when it exits. */
process.on('exit', () => process.stderr.write(`\npeak-memory-kib ${process.resourceUsage().maxRSS}\n`));
