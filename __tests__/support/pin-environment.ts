/** What a shell may have set, and cdk8s would read: tests see none of it. */
for (const name of Object.keys(process.env)) if (name.startsWith('CDK8S_')) delete process.env[name];
