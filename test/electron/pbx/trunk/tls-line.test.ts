import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { hasOpenssl, makeCertificate } from '../../../support/certificates.ts';
import { eventually } from '../../../support/eventually.ts';
import { OUTSIDE_NUMBER, TrunkWorld } from '../../../support/trunk-world.ts';

let worlds: TrunkWorld;
afterEach(async () => {
  await worlds.world.stop();
  await worlds.provider.stop();
});

describe.skipIf(!hasOpenssl)('[TG10] a line over TLS', () => {
  const start = async (names?: string) => {
    const certificate = makeCertificate(names);
    worlds = await TrunkWorld.start(
      {
        nodes: {
          start: { type: 'start', to: { next: 'out' } },
          out: { type: 'external', data: { number: OUTSIDE_NUMBER } },
        },
      },
      {},
      certificate,
    );
    const line = { transport: 'tls', host: 'localhost', port: worlds.provider.tlsPort } as const;
    return { line, authority: readFileSync(certificate.certPath, 'utf8') };
  };

  test('registers and calls, with the authority that is set', async () => {
    const { line, authority } = await start();
    await worlds.connect({ ...line, authority });
    const tester = await worlds.world.phone('tester');
    const call = await tester.call('flow.main');
    await call.media.connected;
    await eventually('the voice outside', () => Math.max(...call.media.heardSamples(-25)) > 1000);
    call.hangUp();
  });

  test('sends nothing to who cannot prove who they are', async () => {
    const { line } = await start();
    await worlds.setTrunk(line);
    const { reason } = await worlds.until('unreachable');
    expect(reason).toMatch(/self-signed|unable to verify|self signed/i);
  });

  test('nor to whose certificate is for another name', async () => {
    const { line, authority } = await start('DNS:other.example');
    await worlds.setTrunk({ ...line, authority });
    const { reason } = await worlds.until('unreachable');
    expect(reason).toMatch(/altnames|does not match/i);
  });
});
