/** Methods that this server understands, for Allow. */
export const ALLOWED_METHODS = 'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, UPDATE, REFER';

/** Extensions that a phone may require (RFC 3261 20.32), for Supported. */
export const SUPPORTED_OPTIONS = ['replaces', 'timer'];
