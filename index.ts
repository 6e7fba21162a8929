/**
 * The public API: an observability stack as a construct for your own cdk8s app. What is not exported here may change with any
 * version.
 *
 * @packageDocumentation
 */
export type * from './charts/handles';
export type * from './config/environment-input';
export { ConfigError, type Problem } from './config/problems';
export type * from './config/stack-files';
export { synth } from './lib/synth';
export { ObservabilityStack, type ObservabilityStackProps } from './library/preliminary';
