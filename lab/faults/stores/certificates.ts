/** Certificates of a store on loopback, by openssl. */
import { readFileSync } from 'node:fs';
import { must } from '../../commands';

/** A certificate authority, and how it signs. */
export interface Authority {
  /** Path of its certificate. */
  readonly certificate: string;
  /** A new certificate and key for 127.0.0.1. */
  issue(): Promise<{ readonly key: string; readonly cert: string }>;
}

const NEW_KEY = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];

/** Makes an authority. @param path where its files begin */
export async function authority(path: string): Promise<Authority> {
  const [key, certificate] = [`${path}.key`, `${path}.pem`];
  await must('openssl', ['req', ...NEW_KEY, '-subj', '/CN=faults', '-keyout', key, '-out', certificate]);
  let issued = 0;
  return {
    certificate,
    issue: async () => {
      const server = `${path}-${++issued}`;
      const names = ['-subj', '/CN=store', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const files = ['-keyout', `${server}.key`, '-out', `${server}.pem`];
      await must('openssl', ['req', ...NEW_KEY, '-CA', certificate, '-CAkey', key, ...names, ...files]);
      return { key: readFileSync(`${server}.key`, 'utf8'), cert: readFileSync(`${server}.pem`, 'utf8') };
    },
  };
}
