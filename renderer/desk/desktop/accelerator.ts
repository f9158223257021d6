/** What Electron calls keys that `KeyboardEvent.code` calls otherwise (Electron, "Accelerator"). */
const NAMED: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Return',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
};

type KeyPress = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

/**
 * Pressed keys as Electron writes them, e.g. `Control+Alt+A`; null for keys that would be missed in other programs: a
 * letter or digit needs Ctrl, Alt or Meta, only function keys may stand alone.
 */
export function accelerator({ code, ctrlKey, altKey, shiftKey, metaKey }: KeyPress): string | null {
  const isFunction = /^F([1-9]|1[0-9]|2[0-4])$/.test(code);
  const key = isFunction ? code : (/^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? NAMED[code]);
  if (key === undefined || (!isFunction && !ctrlKey && !altKey && !metaKey)) return null;
  const held = { Control: ctrlKey, Alt: altKey, Shift: shiftKey, Meta: metaKey };
  const modifiers = Object.entries(held).flatMap(([name, isHeld]) => (isHeld ? [name] : []));
  return [...modifiers, key].join('+');
}
