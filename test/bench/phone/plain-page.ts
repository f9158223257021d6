import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { PhoneAccount } from '../../../shared/bridge/contract.ts';

const BUTTONS = ['flow', 'person', 'answer', 'key', 'end'];

/** Serves the page with plain JsSIP on loopback. */
export class PlainPage {
  readonly #server: ReturnType<typeof createServer>;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
  }

  static async serve(): Promise<PlainPage> {
    const entry = fileURLToPath(new URL('./plain.ts', import.meta.url));
    const built = await build({
      configFile: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
      build: { write: false, minify: true, lib: { entry, name: 'plain', formats: ['iife'] } },
    });
    const [bundle] = Array.isArray(built) ? built : [];
    const script = bundle?.output[0].code ?? '';
    const buttons = BUTTONS.map((id) => `<button id="${id}">${id}</button>`).join('');
    const page = `<!doctype html><title>starting</title>${buttons}<script src="/plain.js"></script>`;
    const server = createServer((request, response) => {
      const isScript = request.url === '/plain.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PlainPage(server);
  }

  /** The page for an account; `person`: who is called by its button. */
  address({ wsUrl, uri, password }: PhoneAccount, person: string): string {
    const { port } = this.#server.address() as AddressInfo;
    const parameters = new URLSearchParams({ ws: wsUrl, uri, password, person });
    return `http://127.0.0.1:${port}/?${parameters}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
