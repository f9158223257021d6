import { ExternalNumberSchema } from '../../flow/external-number.ts';
import { ringsFor, within } from '../text.ts';
import { argumentsOf, type Step } from './parse-dialplan.ts';
import { isOpen, substitute } from './substitute.ts';
import type { DialplanTranslator, Place, Translated } from './translator.ts';

/** Values of `DIALSTATUS` and `QUEUESTATUS` by the outputs here (app_dial.c, app_queue.c). */
const DIAL_STATUSES = { 'no-answer': 'NOANSWER', busy: 'BUSY', unavailable: 'CHANUNAVAIL' } as const;
const QUEUE_STATUSES = {
  timeout: 'TIMEOUT',
  full: 'FULL',
  'join-empty': 'JOINEMPTY',
  'leave-empty': 'LEAVEEMPTY',
} as const;

/** A person's phone, or a number outside. */
type Peer = { readonly kind: 'extension' | 'name' | 'external'; readonly value: string };

/** `Dial(PJSIP/101&PJSIP/102,20)`: people at once, or one number outside. */
export function dialStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const [devices = '', seconds = ''] = argumentsOf(substitute(step.args, place.known));
  const peers = devices.split('&').map(peerOf);
  const known = peers.flatMap((peer) => peer ?? []);
  if (known.length < peers.length) return undefined;
  const { draft } = walk.flow;
  const rings = ringsFor(Number(seconds) || 60, draft.project.settings.ringMs);
  const [first] = known;
  const outside = known.filter(({ kind }) => kind === 'external');
  if (outside.length > 0 && known.length > 1) return undefined;
  const nodeId =
    first?.kind === 'external'
      ? walk.flow.add('external', '', { number: first.value, rings })
      : walk.flow.add('employee', '', {
          people: [
            ...new Set(
              known.map(({ kind, value }) =>
                kind === 'extension' ? draft.personWith(value) : draft.personNamed(value),
              ),
            ),
          ],
          mode: known.length > 1 ? 'all' : 'in-order',
          rings,
        });
  return after(nodeId, DIAL_STATUSES, 'DIALSTATUS', place, walk);
}

/** `TECH/peer`, `TECH/trunk/number`, `TECH/number@trunk`. */
function peerOf(device: string): Peer | undefined {
  if (isOpen(device)) return undefined;
  const [tech = '', peer = '', number] = device.trim().split('/');
  if (!/^(pjsip|sip|iax2|dahdi|zap|local|sccp|khomp|motif|mgcp)$/i.test(tech) || peer === '') return undefined;
  const [user = ''] = (number ?? peer).split(/[@,]/);
  const outside = user.replace(/^\+?0*(?=\+)/, '');
  if (number !== undefined || /^\+?\d{6,}$/.test(user)) {
    return ExternalNumberSchema.safeParse(outside).success && outside !== ''
      ? { kind: 'external', value: outside }
      : undefined;
  }
  if (/^[0-9]{2,8}$/.test(user)) return { kind: 'extension', value: user };
  return /^local$/i.test(tech) ? undefined : { kind: 'name', value: user };
}

/** `Queue(name,options,url,announce,timeout)`. */
export function queueStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const [name = '', , , , seconds = ''] = argumentsOf(substitute(step.args, place.known));
  if (name === '' || isOpen(name)) return undefined;
  const maxWait = Number(seconds) > 0 ? { maxWaitMs: within(Number(seconds) * 1000, 1000, 7_200_000) } : {};
  const nodeId = walk.flow.add('queue', name, { queueId: walk.flow.draft.queueNamed(name), ...maxWait });
  return after(nodeId, QUEUE_STATUSES, 'QUEUESTATUS', place, walk);
}

/** `VoiceMail(101@default&102,u)`: the first box's. */
export function voicemailStep(step: Step, place: Place, walk: DialplanTranslator): Translated | undefined {
  const [boxes = ''] = argumentsOf(substitute(step.args, place.known));
  const [box = ''] = boxes.split(/[@&]/);
  if (isOpen(boxes)) return undefined;
  const extension = box.replace(/^[ubs]+(?=\d)/, '');
  const mailbox = /^[0-9]{2,8}$/.test(extension)
    ? ({ kind: 'person', personId: walk.flow.draft.personWith(extension) } as const)
    : ({ kind: 'general' } as const);
  const nodeId = walk.flow.add('voicemail', '', { mailbox });
  const wire = () => {
    for (const output of ['done', 'too-short', 'failed'])
      walk.flow.connect(nodeId, output, walk.node(walk.after(place)));
  };
  return { kind: 'node', nodeId, wire };
}

/** What follows is walked once for each way out, with its status known: `Goto(s-${DIALSTATUS},1)` leads where it did. */
function after(
  nodeId: string,
  statuses: Readonly<Record<string, string>>,
  variable: string,
  place: Place,
  walk: DialplanTranslator,
): Translated {
  const wire = () => {
    for (const [output, status] of Object.entries(statuses)) {
      walk.flow.connect(nodeId, output, walk.node(walk.after(place, { [variable]: status })));
    }
  };
  return { kind: 'node', nodeId, wire };
}
