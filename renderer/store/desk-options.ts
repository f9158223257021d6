import { z } from 'zod';
import { HotkeysSchema } from '../../shared/bridge/desktop.ts';

/** How a call for a window that is not looked at is told of: not at all, beside what is done, or by the window itself. */
export const NOTICES = ['none', 'notification', 'window'] as const;

/** How a person wants their desk to behave, on this machine. */
export const DeskOptionsSchema = z.strictObject({
  notice: z.enum(NOTICES),
  /** Calls of queues are answered by themselves after a beep and the queue's name. */
  autoAnswer: z.boolean(),
  /** Keys that work in every program. */
  hotkeys: HotkeysSchema,
});
export type DeskOptions = z.infer<typeof DeskOptionsSchema>;

export const DEFAULT_DESK_OPTIONS: DeskOptions = { notice: 'notification', autoAnswer: false, hotkeys: {} };
