import { describe, expect, it } from 'vitest';
import { callEnd, type EndFacts } from '../../../renderer/phone/call-end.ts';
import type { CallEnd } from '../../../renderer/phone/phone-types.ts';

const ringingIn = { direction: 'incoming', answeredAtMs: null, transfer: null } as const;
const ringingOut = { direction: 'outgoing', answeredAtMs: null, transfer: null } as const;
const talking = { direction: 'incoming', answeredAtMs: 5, transfer: null } as const;
const transferred = { ...talking, transfer: { to: '102', status: 'done', failure: null } } as const;

type Case = [string, Parameters<typeof callEnd>[0], EndFacts, CallEnd];

describe('callEnd', () => {
  it.each<Case>([
    ['a CANCEL without a reason', ringingIn, { originator: 'remote', cause: 'Canceled' }, 'missed'],
    [
      'a CANCEL because someone else answered, SIP style',
      ringingIn,
      { originator: 'remote', cause: 'Canceled', reasonHeader: 'SIP;cause=200;text="Call completed elsewhere"' },
      'answered-elsewhere',
    ],
    [
      'the same, Q.850 style',
      ringingIn,
      { originator: 'remote', cause: 'Canceled', reasonHeader: 'Q.850 ;cause=26;text="Answered elsewhere"' },
      'answered-elsewhere',
    ],
    [
      'a CANCEL for another reason',
      ringingIn,
      { originator: 'remote', cause: 'Canceled', reasonHeader: 'SIP;cause=487' },
      'missed',
    ],
    ['a call declined here', ringingIn, { originator: 'local', cause: 'Rejected' }, 'rejected'],
    ['a call that rang too long', ringingIn, { originator: 'system', cause: 'No Answer' }, 'missed'],
    ['hanging up before the answer', ringingOut, { originator: 'local', cause: 'Canceled' }, 'cancelled'],
    ['486', ringingOut, { originator: 'remote', cause: 'Busy', statusCode: 486 }, 'busy'],
    ['404', ringingOut, { originator: 'remote', cause: 'Not Found', statusCode: 404 }, 'not-found'],
    ['480', ringingOut, { originator: 'remote', cause: 'Unavailable', statusCode: 480 }, 'unavailable'],
    ['603', ringingOut, { originator: 'remote', cause: 'Rejected', statusCode: 603 }, 'rejected'],
    ['500', ringingOut, { originator: 'remote', cause: 'SIP Failure Code', statusCode: 500 }, 'failed'],
    ['a dead socket', ringingOut, { originator: 'system', cause: 'Connection Error' }, 'connection-lost'],
    ['BYE from there', talking, { originator: 'remote', cause: 'Terminated' }, 'hung-up-there'],
    ['BYE after a transfer', transferred, { originator: 'remote', cause: 'Terminated' }, 'transferred'],
    ['BYE from here', talking, { originator: 'local', cause: 'Terminated' }, 'hung-up-here'],
    [
      'a server that has forgotten the call',
      talking,
      { originator: 'remote', cause: 'Dialog Error' },
      'connection-lost',
    ],
    ['ICE that failed', talking, { originator: 'local', cause: 'RTP Timeout' }, 'no-audio'],
  ])('%s', (_what, call, facts, end) => {
    expect(callEnd(call, facts)).toBe(end);
  });
});
