/** A sample flow in one language. */
export interface SampleFlowTexts {
  readonly name: string;
  /** One sentence: who it is for, what it shows. */
  readonly about: string;
  /** The menu, as `parseOutline` reads it. */
  readonly outline: string;
  /** What callers hear when it is closed; they may leave a message then. */
  readonly closed: string;
}

export const SAMPLE_FLOWS = ['shop', 'surgery', 'support', 'municipality'] as const;
export type SampleFlowId = (typeof SAMPLE_FLOWS)[number];
