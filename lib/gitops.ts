/** Annotations for GitOps tools that delete objects which are no longer in the repository. Without such a tool they have no effect. */

/**
 * Argo CD (https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/) and Flux
 * (https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources) leave the object in the
 * cluster when it leaves the repository, and when the Application or the Kustomization is deleted. For what holds data.
 */
export const NEVER_PRUNED = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
} as const;

/**
 * Argo CD applies the object before those without this annotation. Claims must not have it: Argo CD waits until each wave is healthy, and
 * a claim that waits for its first pod is not (argoproj/argo-cd#12840). Flux orders kinds by itself.
 */
export const APPLIED_FIRST = { 'argocd.argoproj.io/sync-wave': '-1' } as const;
