import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
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
  const wsPort = await freePort();
  const asterisk = await Asterisk.start(tree, {
    prefix: onCore(SERVER_CORE),
    modules: ['res_srtp', 'res_http_websocket', 'res_pjsip_transport_websocket'],
    files: {
      'http.conf': `[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport=${wsPort}\nsessionlimit=10000\n`,
      'rtp.conf': rtpConf(),
    },
    pjsip: `[global]
type=global
endpoint_identifier_order=header,ip

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

[ws]
type=transport
protocol=ws
bind=127.0.0.1:${wsPort}

[browser]
type=endpoint
transport=ws
context=load
disallow=all
allow=ulaw
direct_media=no
webrtc=yes
dtls_auto_generate_cert=yes

[browser]
type=identify
endpoint=browser
match_header=Contact: /transport=ws/
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
    webrtc: { wsUrl: `ws://127.0.0.1:${wsPort}/ws`, registers: false },
    stop: async () => {
      await asterisk.stop();
      rmSync(sounds, { recursive: true, force: true });
    },
  };
}

/** Asterisk leaves loopback out of its ICE candidates: another address of the machine is told as that. */
function rtpConf(): string {
  const other = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  const hosts = other === undefined ? '' : `[ice_host_candidates]\n${other} => 127.0.0.1\n`;
  return `[general]\nrtpstart=20000\nrtpend=29999\nicesupport=yes\n${hosts}`;
}
