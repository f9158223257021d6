/**
 * Errors that a person may see. Each carries a stable `code` (`area/what`), a sentence that says what is wrong and
 * where, and, where there is one, the way to mend it. Bugs are not errors of this kind: see `invariant`.
 */
export interface ErrorDetail {
  /** Stable identifier, `area/what` in kebab case, e.g. `project/not-json`. Tests and translations key on it. */
  readonly code: string;
  /** What is wrong and where, in plain English. The window translates by `code` and falls back to this. */
  readonly message: string;
  /** How to mend it, in plain English. */
  readonly hint?: string;
  /** Values that the translated sentence needs (a path, a port, a name). Never a secret. */
  readonly params?: Readonly<Record<string, string | number>>;
}

/** An expected failure with a code; crosses the bridge as `ErrorDetail`. */
export class DialtreeError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(detail: ErrorDetail, options?: { cause?: unknown }) {
    super(detail.message, options);
    this.name = 'DialtreeError';
    this.code = detail.code;
    this.hint = detail.hint;
    this.params = detail.params ?? {};
  }

  /** The plain-data form that is sent over the bridge and written to logs. */
  toDetail(): ErrorDetail {
    return {
      code: this.code,
      message: this.message,
      params: this.params,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }
}

/** Turns anything thrown into an `ErrorDetail`; foreign errors become `internal/unexpected` with their message. */
export function toErrorDetail(error: unknown): ErrorDetail {
  if (error instanceof DialtreeError) return error.toDetail();
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal/unexpected', message };
}
