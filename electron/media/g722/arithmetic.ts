/** 16-bit arithmetic as ITU-T G.722 section 6 defines it. */

/** Limited to 16 bits. */
export function saturate(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
}

/** Product of two numbers in Q15. */
export function multiply(a: number, b: number): number {
  return (a * b) >> 15;
}
