import { expect, it } from 'vitest';
import { environmentOfTls, tlsOfEnvironment } from '../../../../electron/services/pbx/tls-settings.ts';

const tls = { certPath: '/cert.pem', keyPath: '/key.pem', sipPort: 5061, wssPort: 0 };

it('comes through the environment as it was', () => {
  expect(tlsOfEnvironment(environmentOfTls(tls))).toEqual(tls);
  expect(tlsOfEnvironment(environmentOfTls(undefined))).toBeUndefined();
});

it('is off without a certificate or its key; a port that is none is a free one', () => {
  expect(tlsOfEnvironment({})).toBeUndefined();
  expect(tlsOfEnvironment({ DIALTREE_TLS_CERT: '/cert.pem' })).toBeUndefined();
  const environment = { ...environmentOfTls(tls), DIALTREE_TLS_PORT: '70000', DIALTREE_WSS_PORT: 'x' };
  expect(tlsOfEnvironment(environment)).toEqual({ ...tls, sipPort: 0 });
});
