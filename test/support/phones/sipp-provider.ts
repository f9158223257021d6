import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../temp-dir.ts';
import { findPhone } from './install.ts';

const answer = (status: string, more: readonly string[], attributes = '') => `<send ${attributes}><![CDATA[

${[
  `SIP/2.0 ${status}`,
  ...['[last_Via:]', '[last_From:]', '[last_To:];tag=sipp[call_number]', '[last_Call-ID:]', '[last_CSeq:]'],
  ...more,
].join('\n')}

]]></send>`;

const NOTHING = 'Content-Length: 0';
const CONTACT = 'Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>';
const challenge = (name: string) => `${name}: Digest realm="provider", nonce="d3b07384d113", algorithm=MD5, qop="auth"`;

/** Takes a request whose password is right on to that label. */
const checked = (
  method: string,
  label: string,
  user: string,
  password: string,
) => `<recv request="${method}" next="${label}" test="right">
<action><verifyauth assign_to="right" username="${user}" password="${password}"/></action></recv>`;

const SDP = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000`;

/** One registration, taken back at the end, and one call, which hears its own echo and is hung up by the caller. */
const scenario = (user: string, password: string) => `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="provider">
<recv request="REGISTER" optional="true" next="register"/>
<recv request="INVITE"/>
${answer('407 Proxy Authentication Required', [challenge('Proxy-Authenticate'), NOTHING])}
<recv request="ACK"/>
${checked('INVITE', 'call', user, password)}
${answer('403 Forbidden', [NOTHING], 'next="end"')}
<label id="call"/>
${answer('180 Ringing', [CONTACT, NOTHING])}
${answer('200 OK', [CONTACT, SDP], 'retrans="500"')}
<recv request="ACK"/>
<recv request="BYE"/>
${answer('200 OK', [NOTHING], 'next="end"')}
<label id="register"/>
${answer('401 Unauthorized', [challenge('WWW-Authenticate'), NOTHING])}
${checked('REGISTER', 'registered', user, password)}
${answer('403 Forbidden', [NOTHING], 'next="end"')}
<label id="registered"/>
${answer('200 OK', ['[last_Contact:];expires=120', NOTHING])}
<recv request="REGISTER"/>
${answer('200 OK', [NOTHING])}
<label id="end"/>
</scenario>
`;

/** A provider played by sipp: it checks the password of a registration and of a call. Resolves when both are over; ended early by `signal`. */
export function serveSipp(options: {
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  readonly user: string;
  readonly password: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  const folder = tempDir();
  writeFileSync(join(folder, 'provider.xml'), scenario(options.user, options.password));
  const args = [
    ...['-sf', 'provider.xml', '-t', options.transport === 'udp' ? 'u1' : 't1', '-i', '127.0.0.1'],
    ...['-mi', '127.0.0.1', '-p', String(options.port), '-m', '2', '-rtp_echo', '-nostdin', '-trace_err', '-trace_msg'],
    ...['-timeout', '40s', '-timeout_error'],
  ];
  const child = spawn(findPhone('sipp') ?? 'sipp', args, {
    cwd: folder,
    stdio: 'ignore',
    signal: options.signal,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) {
        resolve();
        return;
      }
      const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
      reject(
        new Error(
          `sipp ended with ${code}:\n${logs.map((name) => readFileSync(join(folder, name), 'utf8').slice(-6000)).join('\n')}`,
        ),
      );
    });
  });
}
