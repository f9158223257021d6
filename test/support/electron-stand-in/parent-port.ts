import { EventEmitter } from 'node:events';

/** Gives a child process the `process.parentPort` of an Electron utility process, over Node's own IPC. */
class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    process.send?.(message);
  }
}

const port = new ParentPort();
process.on('message', (data) => port.emit('message', { data, ports: [] }));
Object.defineProperty(process, 'parentPort', { value: port });
// A utility process has no Node IPC to fall back on.
const send = process.send?.bind(process);
Object.defineProperty(port, 'postMessage', { value: (message: unknown) => send?.(message) });
Object.defineProperty(process, 'send', { value: undefined });
