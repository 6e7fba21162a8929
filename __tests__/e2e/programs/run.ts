/** Runs a program of a pod; one that fails says why and ends with 1. */
export function run(main: () => Promise<void>): void {
  const fail = ({ message }: Error) => {
    // Without the stack, which would show the whole of the bundled program in one line.
    console.error(message);
    process.exit(1);
  };
  process.once('uncaughtException', fail);
  main().catch(fail);
}
