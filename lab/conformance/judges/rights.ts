/** The permissions of each ServiceAccount, from the API server: those that its program's configuration needs, and none that are dangerous. */
import type { Kubectl } from '../api-server';
import { type ManifestSet, ofKind } from '../manifests';
import type { Judgement, Ruling } from '../verdicts';
import { listOf } from './admission';
import { neededRights, type Question } from './needed-rights';

/** Checks all permissions of all accounts in one request. */
export async function judgeRights(set: ManifestSet, kubectl: Kubectl): Promise<Ruling> {
  const questions = [...neededRights(set), ...forbidden(set)];
  const { code, stdout, output } = await kubectl(
    ['create', '-f', '-', '-o', 'jsonpath={.status.allowed}{"\\n"}'],
    listOf(questions.map(review)),
  );
  if (code !== 0) throw new Error(`the API server did not review the permissions: ${output}`);
  const answers = stdout.trim().split('\n');
  if (answers.length !== questions.length)
    throw new Error(`${answers.length} answers to ${questions.length} questions`);
  return { judgements: questions.map((question, index) => judge(question, answers[index] === 'true')) };
}

function judge({ account, verb, resource, subresource, namespace, expected }: Question, allowed: boolean): Judgement {
  const what = `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;
  const subject = `${account.name}: ${what} in ${namespace ?? 'every namespace'}`;
  if (allowed === expected) return { subject, problem: null };
  return {
    subject,
    problem: expected
      ? 'the permission is missing, and its configuration needs it'
      : 'the permission is granted, and must not be',
  };
}

const review = ({ account, verb, group = '', resource, subresource, namespace }: Question) => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SubjectAccessReview',
  spec: {
    user: `system:serviceaccount:${account.namespace}:${account.name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`, 'system:authenticated'],
    resourceAttributes: { verb, group, resource, subresource, namespace },
  },
});

/** Permissions that none of our programs may have. */
function forbidden(set: ManifestSet): Question[] {
  const namespaces = new Set(
    set.objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined),
  );
  return ofKind(set, 'ServiceAccount').flatMap(({ metadata }) => {
    const account = { name: metadata.name, namespace: metadata.namespace ?? 'default' };
    const everywhere = [
      { verb: 'get', resource: 'nodes', subresource: 'proxy' },
      { verb: 'create', resource: 'nodes', subresource: 'proxy' },
      { verb: '*', group: '*', resource: '*' },
      { verb: 'impersonate', resource: 'users' },
    ];
    const inEach = [
      ...['get', 'list', 'watch', 'create'].map((verb) => ({ verb, resource: 'secrets' })),
      { verb: 'list', resource: 'configmaps' },
      { verb: 'create', resource: 'pods', subresource: 'exec' },
      { verb: 'get', resource: 'pods', subresource: 'exec' },
      { verb: 'create', resource: 'pods' },
      { verb: 'create', resource: 'serviceaccounts', subresource: 'token' },
      { verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
      { verb: '*', group: '*', resource: '*' },
    ];
    return [
      ...everywhere.map((question) => ({ account, ...question, expected: false })),
      ...[...namespaces].flatMap((namespace) =>
        inEach.map((question) => ({ account, ...question, namespace, expected: false })),
      ),
    ];
  });
}
