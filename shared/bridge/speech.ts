import { z } from 'zod';

/** Where a voice comes from: it is in the app, a file of Piper's, or the system's. */
export const VoiceEngineSchema = z.enum(['embedded', 'piper', 'system']);

/**
 * A voice that texts can be read with. Ids are the same on every machine that has the voice: those of the embedded engine
 * as they are (`zlw/pl`), all others behind the name of their program (`piper:pl_PL-gosia-medium`, `say:Zosia`).
 */
export const VoiceSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** BCP 47 tag. */
  language: z.string(),
  engine: VoiceEngineSchema,
});
export type Voice = z.infer<typeof VoiceSchema>;

/** What this machine has to speak with; no part of a project. */
export const SpeechSettingsSchema = z.strictObject({
  /** Folder with voices of Piper (`*.onnx` and `*.onnx.json`); null: none. */
  piperFolder: z.string().min(1).max(1000).nullable(),
});
export type SpeechSettings = z.infer<typeof SpeechSettingsSchema>;

export const SpeechSetupSchema = z.strictObject({
  settings: SpeechSettingsSchema,
  /** Why voices that are there cannot be used, or a folder holds none; null: all is well. */
  problem: z
    .strictObject({
      code: z.string(),
      message: z.string(),
      hint: z.string().optional(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    })
    .nullable(),
});
export type SpeechSetup = z.infer<typeof SpeechSetupSchema>;

const Empty = z.strictObject({});

/** Calls about the voices of this machine. */
export const speechCalls = {
  'speech.voices': { input: Empty, output: z.array(VoiceSchema) },
  'speech.setup': { input: Empty, output: SpeechSetupSchema },
  /** Takes other settings and looks for voices anew. */
  'speech.setUp': { input: SpeechSettingsSchema, output: SpeechSetupSchema },
} as const;

export const speechEvents = {
  /** There are other voices now. */
  'speech.changed': Empty,
} as const;
