import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { startI18n } from '../../renderer/i18n/index.ts';

// What browsers have and jsdom does not; the widgets ask for it at once. (Some renderer tests run without a DOM.)
if (typeof window !== 'undefined') {
  window.matchMedia ??= (query) => ({
    matches: false,
    media: query,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
    dispatchEvent: () => false,
  });
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  // Nobody has allowed any.
  window.Notification ??= Object.assign(class {}, {
    permission: 'denied',
    requestPermission: async () => 'denied',
  }) as unknown as typeof Notification;
  Element.prototype.scrollIntoView ??= () => {};
  if (!('fonts' in document)) {
    Object.defineProperty(document, 'fonts', { value: { addEventListener: () => {}, removeEventListener: () => {} } });
  }
  startI18n('en');
  afterEach(cleanup);
}
