import { describe, expect, it } from 'vitest';
import { accelerator } from '../../../../renderer/desk/desktop/accelerator.ts';

const press = (code: string, ...held: ('ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey')[]) =>
  accelerator({
    code,
    ctrlKey: held.includes('ctrlKey'),
    altKey: held.includes('altKey'),
    shiftKey: held.includes('shiftKey'),
    metaKey: held.includes('metaKey'),
  });

describe('pressed keys as Electron writes them', () => {
  it('are a key with its modifiers, whatever the layout writes with it', () => {
    expect(press('KeyA', 'ctrlKey', 'altKey')).toBe('Control+Alt+A');
    expect(press('Digit5', 'metaKey', 'shiftKey')).toBe('Shift+Meta+5');
    expect(press('ArrowUp', 'altKey')).toBe('Alt+Up');
    expect(press('F9')).toBe('F9');
    expect(press('F24', 'shiftKey')).toBe('Shift+F24');
  });

  it('are none where another program would miss them, or only modifiers are held', () => {
    for (const none of [press('KeyA'), press('KeyA', 'shiftKey'), press('Space'), press('ControlLeft', 'ctrlKey')]) {
      expect(none).toBeNull();
    }
    expect(press('F25')).toBeNull();
  });
});
