/** Whether the system's browser may be given an address that a page of ours opens: https alone, without a password. */
export function isOutsideLink(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    return protocol === 'https:' && username === '' && password === '';
  } catch {
    return false;
  }
}
