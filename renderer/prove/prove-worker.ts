import { type ProveRequest, proveNow } from './prover.ts';

// The worker's own end of the channel; the DOM's types take it for the window's.
const channel = globalThis as unknown as Worker;
channel.addEventListener('message', ({ data }: MessageEvent<ProveRequest>) => {
  channel.postMessage(proveNow(data.project, data.reach));
});
