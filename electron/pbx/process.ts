import { PbxCommandSchema, type PbxEvent } from '../../shared/bridge/pbx.ts';
import { toErrorDetail } from '../../shared/lib/errors.ts';
import { unreachable } from '../../shared/lib/invariant.ts';
import { openParentChannel } from './parent-channel.ts';
import { Pbx } from './pbx.ts';
import { systemClock } from './system-clock.ts';

/**
 * Entry of the PBX process. Started by Electron's `utilityProcess.fork` or Node's `child_process.fork`; takes
 * `PbxCommand`s, tells `PbxEvent`s, and goes when its parent goes.
 */
const channel = openParentChannel();
const emit = (event: PbxEvent): void => channel.send(event);
const pbx = new Pbx({ clock: systemClock, emit });

/** Commands are carried out one after the other: a `configure` never overtakes the `start` before it. */
let last = Promise.resolve();
channel.onMessage((message) => {
  last = last.then(() => carryOut(message)).catch(fail);
});
channel.onClosed(() => void last.then(() => leave(0)));

process.on('uncaughtException', (error) => {
  // A bug in one call must not take the others down silently; the state may be wrong, so say it and start over.
  fail(error);
  setTimeout(() => process.exit(1), 100).unref();
});

async function carryOut(message: unknown): Promise<void> {
  const parsed = PbxCommandSchema.safeParse(message);
  if (!parsed.success) {
    emit({ type: 'failed', code: 'pbx/bad-command', message: `A command cannot be read: ${parsed.error.message}` });
    return;
  }
  const command = parsed.data;
  switch (command.type) {
    case 'start':
      await pbx.start(command);
      return;
    case 'configure': {
      const missingAudio = await pbx.configure(command.config);
      emit({ type: 'configured', requestId: command.requestId, missingAudio: [...missingAudio] });
      return;
    }
    case 'rendered':
      pbx.handleRendered(command.requestId, command.result);
      return;
    case 'callback-kept':
      pbx.handleCallbackKept(command.requestId, command.callback);
      return;
    case 'callbacks':
      pbx.setCallbacks(command.callbacks);
      return;
    case 'mailboxes':
      pbx.setMailboxes(command.counts);
      return;
    case 'operators':
      pbx.operators.restore(command.records);
      return;
    case 'queue-facts':
      pbx.restoreQueues(command.records);
      return;
    case 'operator-state':
      pbx.operators.choose(command.personId, command.state);
      return;
    case 'operator-queue':
      pbx.operators.setQueue(command.personId, command.queueId, command.in);
      return;
    case 'operator-reach':
      pbx.operators.setReach(command.personId, command.reach);
      return;
    case 'operator-wrap-up':
      pbx.operators.changeWrapUp(command.personId, command.change);
      return;
    case 'trunk':
      // It may take a while to find the far end, which must keep nothing else waiting.
      pbx.setTrunk(command.config).catch(fail);
      return;
    case 'hang-up':
      pbx.hangUp(command.callId);
      return;
    case 'record':
      pbx.record(command.callId, command.action);
      return;
    case 'move':
      pbx.move(command.callId, command.queueId);
      return;
    case 'stop':
      await leave(0);
      return;
    default:
      unreachable(command, 'command');
  }
}

async function leave(code: number): Promise<void> {
  await pbx.stop();
  channel.close();
  process.exit(code);
}

function fail(error: unknown): void {
  const { code, message, hint, params = {} } = toErrorDetail(error);
  emit({ type: 'failed', code, message, params, ...(hint === undefined ? {} : { hint }) });
}
