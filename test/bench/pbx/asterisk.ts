import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeG711 } from '../../../electron/media/g711.ts';
import { ensureAsterisk, NO_ASTERISK } from '../../support/asterisk/install.ts';
import { Asterisk } from '../../support/asterisk/server.ts';
import { freePort, onCore, SERVER_CORE, type Server } from './load.ts';
import { MINUTE_MS, SECOND_MS, speechLike } from './sounds.ts';

/** An Asterisk 22 on one core that plays the same sounds, as files of the codec that is spoken: it has not to encode. */
export async function startAsterisk(): Promise<Server> {
  const tree = ensureAsterisk();
  if (!tree) throw new Error(NO_ASTERISK);
  const sounds = mkdtempSync(join(tmpdir(), 'dialtree-bench-'));
  for (const [name, durationMs] of [
    ['minute', MINUTE_MS],
    ['second', SECOND_MS],
  ] as const) {
    writeFileSync(join(sounds, `${name}.ulaw`), encodeG711('PCMU', speechLike(durationMs)));
  }
  const sipPort = await freePort();
  const asterisk = await Asterisk.start(tree, {
    prefix: onCore(SERVER_CORE),
    pjsip: `[global]
type=global
endpoint_identifier_order=ip

[udp]
type=transport
protocol=udp
bind=127.0.0.1:${sipPort}

[load]
type=endpoint
transport=udp
context=load
disallow=all
allow=ulaw
direct_media=no
media_address=127.0.0.1
bind_rtp_to_media_address=yes

[load]
type=identify
endpoint=load
match=127.0.0.1
`,
    extensions: `[load]
exten => minute,1,Answer()
 same => n,Playback(${sounds}/minute)
 same => n,Hangup()
exten => second,1,Answer()
 same => n,Playback(${sounds}/second)
 same => n,Hangup()
`,
  });
  return {
    name: 'asterisk',
    pid: asterisk.pid,
    sipPort,
    minute: 'minute',
    second: 'second',
    stop: async () => {
      await asterisk.stop();
      rmSync(sounds, { recursive: true, force: true });
    },
  };
}
