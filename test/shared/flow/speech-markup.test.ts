import { describe, expect, it } from 'vitest';
import { PAUSE_TAG, parseSpeech } from '../../../shared/flow/speech-markup.ts';

const words = (text: string) => ({ kind: 'words', text });
const pause = (ms: number) => ({ kind: 'pause', ms });

describe('the part of SSML that prompts have', () => {
  it.each([
    ['For sales, press one.', [words('For sales, press one.')]],
    [`Hello.${PAUSE_TAG}Press one.`, [words('Hello.'), pause(500), words('Press one.')]],
    ['a <BREAK time="1.5s" /> b', [words('a'), pause(1500), words('b')]],
    ["a<break time='250ms'></break>b", [words('a'), pause(250), words('b')]],
    ['a<break/><break time="1s"/>b', [words('a'), pause(1500), words('b')]],
    ['a<break time="99999s"/>', [words('a'), pause(10_000)]],
    ['a<break time="soon"/>', [words('a'), pause(500)]],
    ['Call <say-as interpret-as="digits">600 100</say-as> now', [words('Call  6 0 0 1 0 0  now')]],
    ['<say-as interpret-as="characters">AB1</say-as>', [words('A B 1')]],
    ['<say-as interpret-as="cardinal">1200</say-as> zł', [words('1200 zł')]],
    ['2 < 3 and 4 > 3, <b>bold</b>', [words('2 < 3 and 4 > 3, <b>bold</b>')]],
    ['', []],
    [PAUSE_TAG, [pause(500)]],
  ])('%s', (text, parts) => expect(parseSpeech(text)).toEqual(parts));
});
