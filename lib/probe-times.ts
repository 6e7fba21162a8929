import type { k8s } from './k8s';

/** When a probe is asked, and how often it may fail. */
type Times = Readonly<Pick<k8s.Probe, 'periodSeconds' | 'timeoutSeconds' | 'failureThreshold'>>;

/**
 * Asked every second, the shortest period that Kubernetes has: until the probe succeeds the pod gets no traffic, and with one replica
 * there is no other pod.
 * @param seconds how long the start may take before the kubelet restarts the program
 */
export const startupWithin = (seconds: number): Times => ({ periodSeconds: 1, failureThreshold: seconds });

/**
 * A pod that does not answer for 30 seconds gets no more traffic. The kubelet asks at once when the program has started; a program that
 * is not ready then, such as Prometheus while it replays its log, waits for the next time.
 */
export const READINESS: Times = { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 6 };

/** A program that does not answer for a minute is restarted. */
export const LIVENESS: Times = { periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 4 };
