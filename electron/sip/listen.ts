import { DialtreeError } from '../../shared/lib/errors.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/i;

/** Whether a host name or address is this computer only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** @throws DialtreeError `pbx/not-loopback` for an address that others could reach. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new DialtreeError({
    code: 'pbx/not-loopback',
    message: `The phone server only listens on this computer, not on ${host}.`,
    hint: 'Use 127.0.0.1.',
    params: { host },
  });
}

/** What the system says of a port that cannot be had: `pbx/port-in-use` or `pbx/listen-failed`. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): DialtreeError {
  const params = { host, port };
  if (error.code === 'EADDRINUSE') {
    return new DialtreeError(
      {
        code: 'pbx/port-in-use',
        message: `Another program uses port ${port} on ${host}.`,
        hint: 'Close that program, or choose another port in the settings.',
        params,
      },
      { cause: error },
    );
  }
  return new DialtreeError(
    { code: 'pbx/listen-failed', message: `Cannot listen on ${host}:${port}: ${error.message}`, params },
    { cause: error },
  );
}

/** `host:port` as it stands in Via and Contact: IPv6 in brackets. */
export function hostPort(host: string, port: number): string {
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}
