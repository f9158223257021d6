/** Languages that there is a sample in. */
export type SampleLanguage = 'en' | 'pl';

/** Everything of the sample that is said or shown. */
export interface SampleTexts {
  readonly project: string;
  readonly flow: string;
  readonly description: string;
  readonly numberName: string;
  readonly people: {
    readonly reception: string;
    readonly sales: string;
    readonly sales2: string;
    readonly technician: string;
    readonly technician2: string;
    readonly billing: string;
  };
  readonly queues: { readonly sales: string; readonly support: string; readonly billing: string };
  readonly nodes: {
    readonly start: string;
    readonly main: string;
    readonly sales: string;
    readonly support: string;
    readonly operator: string;
    readonly technician: string;
    readonly supportQueue: string;
    readonly billing: string;
    readonly hours: string;
    readonly busy: string;
    readonly goodbye: string;
  };
  readonly said: {
    readonly main: string;
    readonly support: string;
    readonly hours: string;
    readonly busy: string;
    readonly noInput: string;
    readonly invalid: string;
    readonly lastChance: string;
  };
}
