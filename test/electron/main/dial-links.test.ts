import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { DialLinks, type LinkApp } from '../../../electron/main/desktop/dial-links.ts';

/** Electron's app, as far as it has to do with links. */
class FakeApp extends EventEmitter {
  readonly schemes = new Set<string>();
  setAsDefaultProtocolClient = (scheme: string) => this.schemes.add(scheme) !== undefined;
  removeAsDefaultProtocolClient = (scheme: string) => this.schemes.delete(scheme);
  isDefaultProtocolClient = (scheme: string) => this.schemes.has(scheme);
}

function linked(...argv: string[]) {
  const app = new FakeApp();
  let told = 0;
  const links = new DialLinks(app as unknown as LinkApp, argv, () => told++);
  return { app, links, told: () => told };
}

describe('links of telephone numbers', () => {
  it('come as an argument, by a second start or by an event, and wait until they are taken, once', () => {
    const { app, links, told } = linked('/opt/dialtree', '--no-sandbox', 'tel:+48221234567');
    expect([links.takeDial(), links.takeDial()]).toEqual(['+48221234567', null]);
    app.emit('second-instance', {}, ['/opt/dialtree', 'SIP:102@example.com'], '/');
    expect(links.takeDial()).toBe('102');
    let prevented = 0;
    app.emit('open-url', { preventDefault: () => prevented++ }, 'tel:600');
    app.emit('open-url', { preventDefault: () => prevented++ }, 'tel:601');
    expect([links.takeDial(), prevented, told()]).toEqual(['601', 2, 4]);
  });

  it('that are none, or mean nobody, are left alone', () => {
    const { app, links, told } = linked('/opt/dialtree', '/home/anna/tel:6', 'tel:?');
    app.emit('second-instance', {}, ['shop.dialtree', 'https://example.com'], '/');
    expect([links.takeDial(), told()]).toEqual([null, 0]);
  });

  it('are opened here only as long as it is wished', () => {
    const { app, links } = linked();
    expect(links.openLinks()).toBe(false);
    expect(links.openLinks(true)).toBe(true);
    expect([...app.schemes]).toEqual(['tel', 'callto', 'sip']);
    expect(links.openLinks(false)).toBe(false);
    expect([...app.schemes]).toEqual([]);
  });
});
