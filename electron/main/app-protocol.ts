import { app, protocol, session } from 'electron';
import { SECURITY_HEADERS } from '../services/security.ts';
import { readStaticFile } from '../services/static-files.ts';

const SCHEME = 'dialtree';

/** Origin of our own pages. */
export const APP_ORIGIN = `${SCHEME}://app`;

/** Before `ready`: our scheme behaves like https (a secure context with storage), which `file://` does not. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** After `ready`: serves the built window, with its security headers, and nothing else. */
export function serveApp(rendererDir: string): void {
  session.defaultSession.protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === 'app' ? await readStaticFile(rendererDir, pathname) : undefined;
    if (!file) return new Response('Not found', { status: 404, headers: SECURITY_HEADERS });
    return new Response(new Uint8Array(file.body), {
      headers: { ...SECURITY_HEADERS, 'Content-Type': file.contentType },
    });
  });
}

/** Where the development server is, or null: never in a packaged app. */
export function devServerUrl(): string | null {
  return app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);
}

/** Whether a URL is a page of ours. */
export function isOurPage(url: string): boolean {
  const dev = devServerUrl();
  return originOf(url) === APP_ORIGIN || (dev !== null && originOf(url) === originOf(dev));
}

/** `new URL(…).origin` is "null" for custom schemes, so put it together from its parts. */
function originOf(url: string): string | null {
  try {
    const { protocol: scheme, host } = new URL(url);
    return `${scheme}//${host}`;
  } catch {
    return null;
  }
}
