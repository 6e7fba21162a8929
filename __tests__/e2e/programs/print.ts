/** Prints TEXT. */
process.stdout.write(`${process.env.TEXT ?? ''}\n`);
