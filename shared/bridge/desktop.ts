import { z } from 'zod';

/** What can be done to a call without the phone's window in front. */
export const PHONE_COMMANDS = ['answer', 'hang-up', 'mute', 'hold'] as const;
export const PhoneCommandSchema = z.enum(PHONE_COMMANDS);
export type PhoneCommand = z.infer<typeof PhoneCommandSchema>;

/** Keys by command, as Electron writes them (`Control+Alt+A`); none for a command without. */
export const HotkeysSchema = z.partialRecord(PhoneCommandSchema, z.string().min(1).max(60));
export type Hotkeys = z.infer<typeof HotkeysSchema>;

/** How the phone of a window stands, for the tray. */
export const PresenceSchema = z.strictObject({
  phase: z.enum(['idle', 'ringing', 'talking']),
  /** The state in words, in the window's language: "Available", "Ringing: Anna". */
  text: z.string().max(200),
  isMuted: z.boolean(),
});
export type Presence = z.infer<typeof PresenceSchema>;

const Empty = z.strictObject({});

/** Calls about the desktop around a window. Each fails with `window/not-here` in a browser. */
export const desktopCalls = {
  /** Keys that work in every program, as long as the window is open. Output: those that another program holds. */
  'desktop.hotkeys': {
    input: z.strictObject({ hotkeys: HotkeysSchema }),
    output: z.strictObject({ refused: z.array(PhoneCommandSchema) }),
  },
  /** Shows in the tray how the window's phone stands; null: it has none any more. */
  'desktop.presence': { input: z.strictObject({ presence: PresenceSchema.nullable() }), output: Empty },
  /** Brings the window to the front; without `focus` what is typed elsewhere goes on there. */
  'desktop.show': { input: z.strictObject({ focus: z.boolean() }), output: Empty },
  /** Whether the system opens `tel:` and `sip:` links with this program; null asks. */
  'desktop.links': {
    input: z.strictObject({ open: z.boolean().nullable() }),
    output: z.strictObject({ open: z.boolean() }),
  },
  /** The number of the last link that was opened; it is given out once. */
  'desktop.takeDial': { input: Empty, output: z.strictObject({ target: z.string().nullable() }) },
} as const;

export const desktopEvents = {
  /** A key or the tray wants it of the window that gets this. */
  'desktop.command': z.strictObject({ command: PhoneCommandSchema }),
  /** A link was opened: `desktop.takeDial` gives its number. */
  'desktop.dial': Empty,
} as const;
