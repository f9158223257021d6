/**
 * Short name for a text's content: 16 hex digits, the same everywhere and always. Two lanes in the manner of FNV-1a
 * (offset basis and prime as published; the second lane has a multiplier of its own) over the UTF-16 code units. It
 * tells versions apart; it does not protect against someone who looks for collisions.
 */
export function contentHash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
    b ^= b >>> 15;
  }
  // The last code units have only reached the low bits yet.
  return hex(mix(a ^ text.length)) + hex(mix(b ^ a));
}

function mix(lane: number): number {
  let value = lane ^ (lane >>> 16);
  value = Math.imul(value, 0x45d9f3b);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return value ^ (value >>> 16);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
