import { describe, expect, it } from 'vitest';
import { mp3Channels } from '../../../../electron/services/audio/mp3-header.ts';
import { recording } from '../../../support/recordings.ts';

describe('the head of an mp3', () => {
  it('[AU7] tells mono from stereo', () => {
    expect(mp3Channels(recording('tone-mono.mp3'))).toBe(1);
    expect(mp3Channels(recording('tone-stereo.mp3'))).toBe(2);
  });

  it.each([
    [0x00, 2],
    [0x40, 2],
    [0x80, 2],
    [0xc0, 1],
  ])('[AU7] reads the mode %d', (mode, channels) => {
    expect(mp3Channels(Buffer.from([0xff, 0xfb, 0x90, mode]))).toBe(channels);
  });

  it('[AU7] looks behind a tag, whatever the tag says', () => {
    const tag = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 1, 0]);
    const content = Buffer.alloc(128, 0xff);
    const frame = Buffer.from([0xff, 0xfb, 0x90, 0xc0]);
    expect(mp3Channels(Buffer.concat([tag, content, frame]))).toBe(1);
  });

  it.each([
    ['nothing', []],
    ['a reserved version', [0xff, 0xeb, 0x90, 0xc0]],
    ['another layer', [0xff, 0xfd, 0x90, 0xc0]],
    ['a bad bit rate', [0xff, 0xfb, 0xf0, 0xc0]],
    ['a reserved sample rate', [0xff, 0xfb, 0x9c, 0xc0]],
  ])('[AU7] finds no frame in %s', (_what, bytes) => {
    expect(mp3Channels(Buffer.from(bytes))).toBeUndefined();
  });
});
