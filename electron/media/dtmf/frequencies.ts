/** ITU-T Q.23: each key is a tone of its row and one of its column, Hz. */
export const ROWS_HZ = [697, 770, 852, 941] as const;
export const COLUMNS_HZ = [1209, 1336, 1477, 1633] as const;
/** The keys by row and column. */
export const KEYS = ['123A', '456B', '789C', '*0#D'] as const;

/** Amplitude of a sine of 0 dBm0 in 16-bit samples (ITU-T G.711 table 5: full scale of A-law is +3.14 dBm0). */
export const ZERO_DBM0 = 32_256 * 10 ** (-3.14 / 20);
