import { beforeEach, describe, expect, test } from 'vitest';
import { AudioChannel } from '../../../../electron/media/audio-channel.ts';
import { encodeG711, FRAME_SAMPLES } from '../../../../electron/media/g711.ts';
import { MediaClock } from '../../../../electron/media/media-clock.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { keySound } from '../../../support/dtmf-sound.ts';
import { FakeLeg } from '../../../support/fake-leg.ts';

let clock: ManualClock;
let leg: FakeLeg;
let channel: AudioChannel;
let digits: string;
let timestamp: number;
let sequence: number;

function open(format: ConstructorParameters<typeof FakeLeg>[0]): void {
  clock = new ManualClock();
  leg = new FakeLeg(format);
  [digits, timestamp, sequence] = ['', 4_294_960_000, 65_530];
  channel = new AudioChannel(leg, new MediaClock(clock), {
    onConnected: () => {},
    onFailed: () => {},
    onDigit: (digit) => {
      digits += digit;
    },
  });
}

/** Packets of 20 ms of the keys, 80 ms each and 80 ms between them; `isLost` by the packet's place. */
function speak(keys: string, isLost: (place: number) => boolean = () => false): void {
  const sounds = [...keys].map((key) => keySound({ key, dbm0: -8 }));
  const samples = Int16Array.from(sounds.flatMap((sound) => [...sound]));
  for (let place = 0; place * FRAME_SAMPLES < samples.length; place++) {
    const frame = samples.subarray(place * FRAME_SAMPLES, (place + 1) * FRAME_SAMPLES);
    if (!isLost(place)) leg.receive({ timestamp, sequence, payload: encodeG711('PCMU', frame) });
    timestamp = (timestamp + FRAME_SAMPLES) >>> 0;
    sequence = (sequence + 1) & 0xffff;
    clock.advance(20);
  }
}

beforeEach(() => open({ eventPayloadType: undefined }));

describe('[DT5] keys as tones', () => {
  test('where telephone-event was not agreed', () => {
    speak('0123456789*#');
    expect(digits).toBe('0123456789*#');
  });

  test('not where it was', () => {
    open({ eventPayloadType: 101 });
    speak('159');
    expect(digits).toBe('');
  });

  test('A to D are no keys of callers', () => {
    speak('1A2B3C4D');
    expect(digits).toBe('1234');
  });

  test('a press that INFO tells too counts once, and so do all after it', () => {
    speak('7');
    channel.press('7');
    expect(digits).toBe('7');
    speak('7');
    channel.press('7');
    speak('8');
    channel.press('8');
    expect(digits).toBe('778');
  });

  test('a key that INFO tells, whatever was heard long before', () => {
    speak('7');
    clock.advance(3000);
    channel.press('7');
    channel.press('7');
    expect(digits).toBe('777');
  });
});

describe('[DT4] packets', () => {
  test('one in six lost', () => {
    speak('1122334455', (place) => place % 6 === 4);
    expect(digits).toBe('1122334455');
  });

  test('late and double ones are dropped; another stream goes on', () => {
    speak('5');
    leg.receive({ timestamp: timestamp - 320, payload: encodeG711('PCMU', keySound({ key: '9' })) });
    leg.receive({ timestamp, ssrc: 99, payload: encodeG711('PCMU', keySound({ key: '3', pauseMs: 0 })) });
    expect(digits).toBe('53');
  });
});
