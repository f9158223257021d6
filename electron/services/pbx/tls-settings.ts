import type { PbxTls } from '../../../shared/bridge/pbx.ts';

/** How the settings are handed to another process, as `npm start` does to Electron. */
const NAMES = {
  certPath: 'DIALTREE_TLS_CERT',
  keyPath: 'DIALTREE_TLS_KEY',
  sipPort: 'DIALTREE_TLS_PORT',
  wssPort: 'DIALTREE_WSS_PORT',
} as const;

/** TLS of the PBX as the environment says; undefined: there is none. A key alone, or a certificate alone, is none. */
export function tlsOfEnvironment(environment: Readonly<Record<string, string | undefined>>): PbxTls | undefined {
  const { [NAMES.certPath]: certPath = '', [NAMES.keyPath]: keyPath = '' } = environment;
  if (certPath === '' || keyPath === '') return undefined;
  const port = (name: string): number => {
    const number = Number(environment[name] ?? 0);
    return Number.isInteger(number) && number >= 0 && number <= 65_535 ? number : 0;
  };
  return { certPath, keyPath, sipPort: port(NAMES.sipPort), wssPort: port(NAMES.wssPort) };
}

/** The environment that says so. */
export function environmentOfTls(tls: PbxTls | undefined): Record<string, string> {
  if (tls === undefined) return {};
  return Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [name, String(tls[key as keyof PbxTls])]));
}
