import { expect, test } from 'vitest';
import { Dialog } from '../../../electron/sip/dialog.ts';
import { FakeFlow } from '../../support/sip/fake-flow.ts';
import { request, responseTo } from '../../support/sip/messages.ts';

const invite = request({
  method: 'INVITE',
  cseq: 314,
  headers: ['Contact: "X" <sip:a@phone.invalid;transport=ws>', 'Record-Route: <sip:p1;lr>, <sip:p2;lr>'],
});

test('[3261 12.1.1] a dialog from an INVITE that came in', () => {
  const dialog = Dialog.fromInvite(invite, new FakeFlow(), 'mine');
  const bye = dialog.createRequest('BYE');
  expect(dialog.id).toBe('call-1 mine ft');
  expect(bye.uri).toBe('sip:a@phone.invalid;transport=ws');
  expect(bye.headers.getAll('Route')).toEqual(['<sip:p1;lr>', '<sip:p2;lr>']);
  expect([bye.fromTag, bye.toTag, bye.callId]).toEqual(['mine', 'ft', 'call-1']);
  expect(bye.from.uri).toBe('sip:100@dialtree.test');
  expect(bye.cseq).toEqual({ number: 1, method: 'BYE' });
  expect(dialog.createRequest('INFO').cseq.number).toBe(2);
});

test('[3261 12.1.2] a dialog from an answer to our INVITE: the route set is reversed', () => {
  const sent = request({ method: 'INVITE' });
  const response = responseTo('', 200, 'tt', [
    'Via: SIP/2.0/WS h;branch=z9hG4bKa',
    'From: <sip:101@dialtree.test>;tag=ft',
    'To: <sip:100@dialtree.test>;tag=tt',
    'Call-ID: call-1',
    'CSeq: 1 INVITE',
    'Record-Route: <sip:p1;lr>, <sip:p2;lr>',
    'Contact: <sip:b@phone.invalid>',
  ]);
  const dialog = Dialog.fromResponse(sent, response, new FakeFlow());
  const ack = dialog.createRequest('ACK', { seq: 1 });
  expect(dialog.id).toBe('call-1 ft tt');
  expect(ack.uri).toBe('sip:b@phone.invalid');
  expect(ack.cseq).toEqual({ number: 1, method: 'ACK' });
  expect(ack.headers.getAll('Route')).toEqual(['<sip:p2;lr>', '<sip:p1;lr>']);
  expect(dialog.createRequest('BYE').cseq.number).toBe(2);
});

test('[3261 12.2.2] requests must come in order; re-INVITE and UPDATE move the target', () => {
  const dialog = Dialog.fromInvite(invite, new FakeFlow());
  const inside = { toTag: dialog.localTag };
  expect(dialog.accept(request({ ...inside, method: 'INFO', cseq: 314 }))).toBe(false);
  expect(dialog.accept(request({ ...inside, method: 'INFO', cseq: 315, headers: ['Contact: <sip:no@x>'] }))).toBe(true);
  expect(dialog.remoteTarget).toBe('sip:a@phone.invalid;transport=ws');
  expect(dialog.accept(request({ ...inside, method: 'UPDATE', cseq: 400, headers: ['Contact: <sip:new@x>'] }))).toBe(
    true,
  );
  expect(dialog.remoteTarget).toBe('sip:new@x');
  expect(dialog.accept(request({ ...inside, method: 'BYE', cseq: 399 }))).toBe(false);
});

test('requests go by the connection the dialog is on now', () => {
  const dialog = Dialog.fromInvite(invite, new FakeFlow('WS'));
  dialog.flow = new FakeFlow('UDP');
  expect(dialog.createRequest('BYE').via.transport).toBe('UDP');
});
