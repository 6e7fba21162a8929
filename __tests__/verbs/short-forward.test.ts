/** A signal that is aborted already ends everything at once: it emits no event any more. */
import { DOCUMENTED } from '../../verbs/commands';
import { guarded } from '../../verbs/guard';
import { Kubectl } from '../../verbs/kubectl';
import { whileForwarded } from '../../verbs/short-forward';

const kubectl = new Kubectl({ context: null, kubeconfig: '/dev/null' }, DOCUMENTED);
const reason = new Error('stopped');
const stopped = AbortSignal.abort(reason);
const never = () => {
  throw new Error('called');
};

test.each([
  ['a pod', { namespace: 'a', pod: 'b', port: 1 }],
  ['a Service', { namespace: 'a', service: 'b', port: 1 }],
])('nothing is forwarded to %s', async (_what, target) => {
  await expect(whileForwarded(kubectl, target, stopped, async () => never())).rejects.toBe(reason);
});

test('no kubectl is started', async () => {
  await expect(guarded(kubectl, ['version'], stopped, never)).resolves.toBe('');
  await expect(kubectl.lines(['version'], stopped, never)).resolves.toBeUndefined();
});
