import type { PhoneCall } from '../../renderer/phone/phone-types.ts';

/** A call as the phone's store holds it. */
export function phoneCall(part: Partial<PhoneCall> = {}): PhoneCall {
  return {
    id: 'call',
    direction: 'outgoing',
    status: 'connecting',
    remote: { number: '100', name: '' },
    context: null,
    startedAtMs: 0,
    answeredAtMs: null,
    endedAtMs: null,
    end: null,
    muted: false,
    held: false,
    heldByOther: false,
    transfer: null,
    digits: '',
    audioFlows: false,
    quality: null,
    remoteStream: null,
    localStream: null,
    ...part,
  };
}
