/** The part of the embedded speech engine's interface that we use (its package ships no types). */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface EspeakVoice {
    readonly name: string;
    readonly identifier: string;
    readonly languages: readonly { readonly priority: number; readonly name: string }[];
  }
  export interface EspeakWorker {
    /** 0 when the voice was taken; anything else keeps the voice before it. */
    set_voice(name: string): number;
    /** Words a minute; 175 is the natural speed. */
    set_rate(wordsPerMinute: number): void;
    /** 100 is the natural loudness. */
    set_volume(percent: number): void;
    get_samplerate(): number;
    list_voices(): readonly EspeakVoice[];
    /** Calls back with samples until the text is spoken; a callback that returns true stops it. */
    synthesize(text: string, callback: (samples: Int16Array | null) => boolean): void;
  }
  export default function load(): Promise<{ eSpeakNGWorker: new () => EspeakWorker }>;
}
