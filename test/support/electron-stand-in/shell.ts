import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM_ARGS } from '../chromium.ts';

/** Scheme handlers and permission handlers as the main process set them; the browser obeys these. */
export const shellState: {
  schemes: Map<string, (request: Request) => Promise<Response> | Response>;
  permissionRequest:
    | ((contents: unknown, permission: string, callback: (ok: boolean) => void, details: object) => void)
    | null;
  switches: string[];
} = { schemes: new Map(), permissionRequest: null, switches: [] };

const PERMISSIONS = [
  { electron: 'media', chromium: 'microphone', details: { mediaTypes: ['audio'] } },
  { electron: 'clipboard-read', chromium: 'clipboard-read', details: {} },
  { electron: 'clipboard-sanitized-write', chromium: 'clipboard-write', details: {} },
  { electron: 'geolocation', chromium: 'geolocation', details: {} },
] as const;

export interface Shell {
  readonly context: BrowserContext;
  /** Where `dialtree://app` is served. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the app's scheme on loopback and starts the browser with the permissions that the main process grants. */
export async function startShell(appOrigin: string): Promise<Shell> {
  const server = createServer(async (request, response) => {
    const handler = shellState.schemes.get(new URL(appOrigin).protocol.slice(0, -1));
    const answer = handler
      ? await handler(new Request(`${appOrigin}${request.url}`))
      : new Response('', { status: 404 });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  // A permission click is not needed, but only what the main process allows is granted.
  const args = CHROMIUM_ARGS.filter((arg) => arg !== '--use-fake-ui-for-media-stream');
  const browser = await chromium.launch({
    executablePath: process.env.STAND_IN_CHROMIUM ?? '/usr/bin/chromium',
    args: [...args, ...shellState.switches, `--remote-debugging-port=${process.env.STAND_IN_DEBUG_PORT ?? 0}`],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  for (const { electron, chromium: name, details } of PERMISSIONS) {
    const granted = await new Promise<boolean>((resolve) => {
      const ask = shellState.permissionRequest;
      if (!ask) return resolve(true); // Electron's default
      ask({ getURL: () => `${appOrigin}/` }, electron, resolve, { requestingUrl: `${appOrigin}/`, ...details });
    });
    if (granted) await context.grantPermissions([name], { origin });
  }
  return {
    context,
    origin,
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
