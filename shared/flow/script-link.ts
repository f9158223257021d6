/** What a queue's page can be told of a call. */
export interface ScriptValues {
  readonly number: string;
  readonly callId: string;
  readonly name: string;
}

export interface ScriptAddress {
  readonly href: string;
  /** With the port, where there is one. */
  readonly host: string;
}

const PLACEHOLDER = /\{(number|callId|name)\}/g;
/** A host of letters and digits, and whatever comes after it: no name or password, nothing that could be read otherwise. */
const TEMPLATE = /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?)(?:[/?#][^\s\\]*)?$/i;

/**
 * The address of a queue's page for a call; null when the template cannot be used: it is no https address, or what a
 * caller chooses could change the host.
 */
export function scriptLink(template: string, values: ScriptValues): ScriptAddress | null {
  const host = TEMPLATE.exec(template)?.[1]?.toLowerCase();
  if (host === undefined) return null;
  const href = template.replace(PLACEHOLDER, (_all, name: keyof ScriptValues) => encodeURIComponent(values[name]));
  return { href, host };
}

/** Whether a template can be used. */
export function isScriptTemplate(template: string): boolean {
  return TEMPLATE.test(template);
}
