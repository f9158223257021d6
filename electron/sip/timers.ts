/** Round-trip estimate (RFC 3261 17.1.1.1), ms. */
export const T1_MS = 500;
/** Maximum retransmit interval for non-INVITE requests and INVITE responses, ms. */
export const T2_MS = 4000;
/** How long a message may live in the network, ms. */
export const T4_MS = 5000;

/** The timers of RFC 3261 table 4 and RFC 6026, ms. `undefined` means: does not run on a reliable transport. */
export interface TransactionTimers {
  readonly aMs: number | undefined;
  readonly bMs: number;
  readonly dMs: number;
  readonly eMs: number | undefined;
  readonly fMs: number;
  readonly gMs: number | undefined;
  readonly hMs: number;
  readonly iMs: number;
  readonly jMs: number;
  readonly kMs: number;
  readonly lMs: number;
  readonly mMs: number;
}

const UNRELIABLE: TransactionTimers = {
  aMs: T1_MS,
  bMs: 64 * T1_MS,
  dMs: 32_000,
  eMs: T1_MS,
  fMs: 64 * T1_MS,
  gMs: T1_MS,
  hMs: 64 * T1_MS,
  iMs: T4_MS,
  jMs: 64 * T1_MS,
  kMs: T4_MS,
  lMs: 64 * T1_MS,
  mMs: 64 * T1_MS,
};

const RELIABLE: TransactionTimers = {
  ...UNRELIABLE,
  aMs: undefined,
  eMs: undefined,
  gMs: undefined,
  dMs: 0,
  iMs: 0,
  jMs: 0,
  kMs: 0,
};

/** The timers that run over a transport. */
export function timersFor(transport: { readonly reliable: boolean }): TransactionTimers {
  return transport.reliable ? RELIABLE : UNRELIABLE;
}
