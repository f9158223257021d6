import type { RequestData } from '../../flow/nodes/request.ts';
import { namesIn, parseTemplate } from '../../flow/template.ts';
import type { NodeScope } from './scope.ts';
import type { Lower } from './table.ts';

/** A web service is asked as it is written down. */
export const lowerRequest: Lower<'request'> = ({ data }, scope) => {
  report(data, scope);
  return {
    op: 'request',
    origin: scope.origin,
    method: data.method,
    url: data.url,
    headers: data.headers,
    ...(data.body === undefined || data.method === 'GET' ? {} : { body: data.body }),
    timeoutMs: data.timeoutMs,
    assignments: scope.assignments(data.assignments, 'response'),
    exits: {
      success: scope.exit('success'),
      'client-error': scope.exit('client-error'),
      'server-error': scope.exit('server-error'),
      timeout: scope.exit('timeout'),
      'network-error': scope.exit('network-error'),
      'bad-response': scope.exit('bad-response'),
    },
  };
};

function report(data: RequestData, scope: NodeScope): void {
  const texts = [data.url, ...data.headers.map(({ value }) => value), data.body ?? ''];
  for (const name of new Set(texts.flatMap(namesIn))) {
    if (!name.startsWith('secret.')) scope.checkValueName(name);
  }
  if (data.url.trim() === '') {
    scope.report('flow/no-address', 'There is no address to ask: it always ends with "network-error".');
  } else if (!isWebAddress(data.url)) {
    scope.report('flow/bad-address', 'The address is no http or https one: it always ends with "network-error".');
  }
  if (data.body !== undefined && data.method !== 'GET' && !isJson(data.body)) {
    scope.report('flow/body-not-json', 'The body is no JSON once values are filled in: services may refuse it.');
  }
}

/** A URL whose beginning does not depend on values (RFC 3986, section 3). */
function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^/{}\s?#]+([/?#]\S*)?$/i.test(filled(url, 'value')) && /^https?:\/\/[^/{}\s?#]+/i.test(url);
}

/** With any value inside its quotes, and a number outside of them. */
function isJson(body: string): boolean {
  try {
    JSON.parse(filled(body, '0'));
    return true;
  } catch {
    return false;
  }
}

function filled(text: string, value: string): string {
  return parseTemplate(text)
    .map((part) => (part.kind === 'text' ? part.text : value))
    .join('');
}
