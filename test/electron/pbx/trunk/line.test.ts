import { afterEach, beforeEach, expect, test } from 'vitest';
import { MediaClock } from '../../../../electron/media/media-clock.ts';
import { systemClock } from '../../../../electron/pbx/system-clock.ts';
import { Line } from '../../../../electron/pbx/trunk/line.ts';
import { DEFAULT_TRUNK_SETTINGS, type TrunkConfig, type TrunkState } from '../../../../shared/bridge/trunk.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { eventually } from '../../../support/eventually.ts';
import { UdpPeer } from '../../../support/sip/udp-peer.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let far: UdpPeer;
let line: Line;
let states: TrunkState[];

beforeEach(async () => {
  far = await UdpPeer.open('127.0.0.1');
  states = [];
  line = new Line({
    clock: systemClock,
    logger: silentLogger,
    mediaClock: new MediaClock(systemClock),
    product: 'Dialtree',
    onState: (state) => states.push(state),
    onInvite: (session) => session.reject(404),
  });
});
afterEach(async () => {
  await line.stop();
  far.close();
});

const config = (part: object = {}): TrunkConfig => ({
  settings: { ...DEFAULT_TRUNK_SETTINGS, enabled: true, host: '127.0.0.1', port: far.port, user: 'acme', ...part },
  password: 'pw',
  historyPath: `${tempDir()}/calls.txt`,
});

const registers = () => new Set(far.texts.filter((text) => text.startsWith('REGISTER'))).size;
const status = (wanted: string) => eventually(wanted, () => states.at(-1)?.status === wanted);

test('[TG1] the same settings change nothing on a line that works', async () => {
  const same = config();
  await line.configure(same);
  far.answer(await far.request('REGISTER'), 200);
  await status('registered');
  await line.configure(structuredClone(same));
  expect(registers()).toBe(1);
  expect(line.trunk?.state.status).toBe('registered');
});

test('[TG5] the same settings make a refused line try again at once', async () => {
  const same = config();
  await line.configure(same);
  far.answer(await far.request('REGISTER'), 403);
  await status('refused');
  await line.configure(structuredClone(same));
  await eventually('another try', () => registers() === 2);
});

test('[TG7] switched off it is taken back, and nothing is left', async () => {
  await line.configure(config());
  far.answer(await far.request('REGISTER'), 200);
  await status('registered');
  const off = line.configure(config({ enabled: false }));
  const last = await eventually('the farewell', () =>
    far.texts.findLast((text) => text.startsWith('REGISTER') && text.includes('Expires: 0')),
  );
  far.answer(last, 200);
  await off;
  expect(states.at(-1)).toEqual({ status: 'off', sipStatus: null, reason: '', calls: 0 });
  expect(line.trunk).toBeUndefined();
  expect(line.load).toEqual({ sessions: 0, transactions: 0 });
});

test('[TG4] a host that is not known is unreachable, with the reason', async () => {
  await line.configure(config({ host: 'nowhere.invalid' }));
  await status('unreachable');
  expect(states.at(-1)?.reason).toContain('nowhere.invalid');
});
