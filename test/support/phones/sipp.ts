import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../temp-dir.ts';
import { findPhone } from './install.ts';

export interface SippOptions {
  readonly sipPort: number;
  readonly transport: 'udp' | 'tcp';
  readonly user: string;
  readonly password: string;
  /** What is called or registered: the user part of the Request-URI; empty for a registrar. */
  readonly target: string;
  /** Calls, and how many of them a second. */
  readonly calls?: number;
  readonly perSecond?: number;
}

/** Runs a scenario to its end. Rejects with what sipp wrote when a call failed. */
export function runSipp(scenario: string, options: SippOptions): Promise<void> {
  const { sipPort, transport, user, password, target, calls = 1, perSecond = 10 } = options;
  const folder = tempDir();
  writeFileSync(join(folder, 'scenario.xml'), scenario);
  const args = [
    ...['-sf', 'scenario.xml', '-t', transport === 'udp' ? 'u1' : 't1', '-s', target, '-au', user, '-ap', password],
    ...['-key', 'user', user, '-i', '127.0.0.1', '-mi', '127.0.0.1', '-m', String(calls), '-r', String(perSecond)],
    // Without it sipp answers the challenge for the server instead of for the Request-URI.
    ...(target === '' ? [] : ['-auth_uri', `${target}@127.0.0.1:${sipPort}`]),
    ...['-rtp_echo', '-nostdin', '-trace_err', '-timeout', '30s', '-timeout_error', `127.0.0.1:${sipPort}`],
  ];
  const child = spawn(findPhone('sipp') ?? 'sipp', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) {
        resolve();
        return;
      }
      const logs = readdirSync(folder).filter((name) => name.endsWith('_errors.log'));
      const errors = logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
      reject(new Error(`sipp ended with ${code}:\n${text.slice(-2000)}\n${errors.slice(-3000)}`));
    });
  });
}

const head = (method: string, cseq: number, uri: string) => `${method} ${uri} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:[user]@[remote_ip]:[remote_port]>;tag=[pid]sipp[call_number]
To: <sip:${method === 'REGISTER' ? '[user]' : '[service]'}@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Contact: <sip:[user]@[local_ip]:[local_port];transport=[transport]>`;

const send = (text: string, attributes = '') => `<send ${attributes}><![CDATA[

${text}

]]></send>`;

const scenario = (...steps: readonly string[]) =>
  `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="Dialtree">\n${steps.join('\n')}\n</scenario>\n`;

const REGISTRAR = 'sip:[remote_ip]:[remote_port]';
const CALLEE = 'sip:[service]@[remote_ip]:[remote_port]';
const SDP = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15`;

/** Registers, answering the challenge, and then takes the registration back. */
export const REGISTER = scenario(
  send(`${head('REGISTER', 1, REGISTRAR)}\nExpires: 60\nContent-Length: 0`, 'retrans="500"'),
  '<recv response="401" auth="true"/>',
  send(`${head('REGISTER', 2, REGISTRAR)}\nExpires: 60\n[authentication]\nContent-Length: 0`, 'retrans="500"'),
  '<recv response="200"/>',
  send(`${head('REGISTER', 3, REGISTRAR)}\nExpires: 0\nContent-Length: 0`, 'retrans="500"'),
  '<recv response="401" auth="true"/>',
  send(`${head('REGISTER', 4, REGISTRAR)}\nExpires: 0\n[authentication]\nContent-Length: 0`, 'retrans="500"'),
  '<recv response="200"/>',
);

/** Calls, answering the challenge; `steps` come once the call is answered. */
export const callScenario = (...steps: readonly string[]): string =>
  scenario(
    send(`${head('INVITE', 1, CALLEE)}\n${SDP}`, 'retrans="500"'),
    '<recv response="100" optional="true"/>',
    '<recv response="407" auth="true"/>',
    send(`${head('ACK', 1, CALLEE)}\nContent-Length: 0`),
    send(`${head('INVITE', 2, CALLEE).replace('[peer_tag_param]', '')}\n[authentication]\n${SDP}`, 'retrans="500"'),
    '<recv response="100" optional="true"/>',
    '<recv response="180" optional="true"/>',
    '<recv response="200" rtd="true"/>',
    send(`${head('ACK', 2, CALLEE)}\nContent-Length: 0`),
    ...steps,
  );

/**
 * Calls and wants to be told reliably that it rings (RFC 3262); hangs up once it is answered. The file is there when it
 * has acknowledged that and takes an answer: sipp takes none while it is about to send.
 */
export const reliableCall = (readyFile: string): string =>
  scenario(
    send(`${head('INVITE', 1, CALLEE)}\nRequire: 100rel\n${SDP}`, 'retrans="500"'),
    '<recv response="100" optional="true"/>',
    '<recv response="407" auth="true"/>',
    send(`${head('ACK', 1, CALLEE)}\nContent-Length: 0`),
    send(
      `${head('INVITE', 2, CALLEE).replace('[peer_tag_param]', '')}\nRequire: 100rel\n[authentication]\n${SDP}`,
      'retrans="500"',
    ),
    '<recv response="100" optional="true"/>',
    `<recv response="180"><action>
<ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" check_it="true" assign_to="rseq"/>
</action></recv>`,
    send(`${head('PRACK', 3, CALLEE)}\nRAck: [$rseq] 2 INVITE\nContent-Length: 0`, 'retrans="500"'),
    '<recv response="200"/>',
    `<nop><action><exec command="touch ${readyFile}"/></action></nop>`,
    '<recv response="200"/>',
    send(`${head('ACK', 2, CALLEE)}\nContent-Length: 0`),
    send(`${head('BYE', 4, CALLEE)}\nContent-Length: 0`, 'retrans="500"'),
    '<recv response="200"/>',
  );

const ANSWER_NOTIFY = send(`SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0`);

const isNotified = (header: string, value: string) => `<recv request="NOTIFY"><action>
<ereg regexp="${value}" search_in="${header === '' ? 'body' : 'hdr'}"${header === '' ? '' : ` header="${header}:"`} check_it="true" assign_to="seen"/>
<log message="[$seen]"/>
</action></recv>\n${ANSWER_NOTIFY}`;

/** Subscribes to the own messages, answering challenges, and is told of each of `bodies`; then ends it (RFC 6665). */
export const subscribeScenario = (...bodies: readonly string[]): string => {
  const ask = (cseq: number, expires: number, more = '') =>
    send(
      `${head('SUBSCRIBE', cseq, CALLEE)}\nEvent: message-summary\nExpires: ${expires}${more}\nContent-Length: 0`,
      'retrans="500"',
    );
  return scenario(
    ask(1, 600),
    '<recv response="407" auth="true"/>',
    ask(2, 600, '\n[authentication]').replace('[peer_tag_param]', ''),
    '<recv response="200"/>',
    ...bodies.map((body) => isNotified('', body)),
    ask(3, 0),
    '<recv response="407" auth="true"/>',
    ask(4, 0, '\n[authentication]'),
    '<recv response="200"/>',
    isNotified('Subscription-State', 'terminated'),
  );
};

export const pause = (delayMs: number) => `<pause milliseconds="${delayMs}"/>`;

/** A key by RFC 4733, from sipp's own captures; needs root, because it is sent as it was captured. */
export const press = (key: string) =>
  `<nop><action><exec play_pcap_audio="/usr/share/sip-tester/dtmf_2833_${key}.pcap"/></action></nop>`;

export const HANG_UP = `${send(`${head('BYE', 3, CALLEE)}\nContent-Length: 0`, 'retrans="500"')}\n<recv response="200"/>`;

export const IS_HUNG_UP = `<recv request="BYE"/>\n${send(`SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0`)}`;
