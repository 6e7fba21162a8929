/** Ports of the stack on this machine, as `make monitor-up` forwards them. */
import { connect } from 'node:net';
import { FORWARDED, until } from '../cluster/cluster';
import { startVerb } from './stack';

/** Whether a port of this machine can be connected to. No byte is sent: kubectl ends a forward whose protocol was broken. */
const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });

/** Forwards ports as monitor-up does, while something is done with some of them. */
export async function whileForwarded<Result>(
  root: string,
  ports: readonly (keyof typeof FORWARDED)[],
  action: () => Promise<Result>,
): Promise<Result> {
  const forwarding = startVerb(root, 'up', { ...FORWARDED, FORWARD: 'yes' });
  try {
    await forwarding.printed(/Forwarding ports until Ctrl-C/);
    // An address is printed before kubectl listens on it.
    for (const name of ports) await until(() => answers(Number(FORWARDED[name])), `${name} to be forwarded`);
    return await action();
  } finally {
    forwarding.child.kill('SIGINT');
    await forwarding.ended;
  }
}
