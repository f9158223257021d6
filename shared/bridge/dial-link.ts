/** Longer than any number or address that somebody dials. */
const MAX_LENGTH = 100;

/**
 * Whom a link or a pasted text means, as the phone dials it: digits of `tel:` (RFC 3966) and `callto:` links and of
 * written numbers, the user part of a `sip:` address that is a number, else the address itself. Everything that is not
 * dialled (parameters, headers, spaces, brackets) is dropped. Null: it means nobody.
 */
export function dialTarget(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 4 * MAX_LENGTH) return null;
  const [, scheme = '', rest = ''] = /^(tel|callto|sips?):(?:\/\/)?(.*)$/is.exec(trimmed) ?? [];
  const isLink = scheme !== '';
  const written = decoded(isLink ? (rest.split(/[;?]/)[0] ?? '') : trimmed);
  if (/^sips?$/i.test(scheme)) return addressTarget(written);
  return numberTarget(written, isLink ? 1 : 3);
}

function addressTarget(address: string): string | null {
  const [user = '', host] = address.split('@');
  const number = numberTarget(user, 1);
  if (number !== null) return number;
  if (host === undefined || !/^[A-Za-z0-9._+*-]{1,64}$/.test(user) || !/^[A-Za-z0-9.:[\]-]{1,253}$/.test(host))
    return null;
  return `sip:${user}@${host}`;
}

/** A number as it is dialled; null where other signs than those of written numbers are in it. */
function numberTarget(written: string, minDigits: number): string | null {
  if (!/^[+(]?[0-9*#][0-9*#\s().\-/\u00a0\u2010-\u2013]*$/.test(written.trim())) return null;
  const number = written.replace(/[^0-9*#+]/g, '');
  const digits = number.replace(/[^0-9]/g, '').length;
  return digits >= minDigits && number.length <= MAX_LENGTH ? number : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
