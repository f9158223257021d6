import { REQUEST_METHODS } from '../../flow/nodes/request.ts';
import { type StudioState, text } from './definition.ts';
import type { StudioTranslator, Widget } from './translator.ts';
import { answerPath, answersUsed } from './values.ts';

const FAILURES = ['client-error', 'server-error', 'timeout', 'network-error', 'bad-response'];

/** Asks a web service; what is used of its answer anywhere in the flow is kept. Only JSON is sent here. */
export function requestWidget(state: StudioState, studio: StudioTranslator): Widget | undefined {
  const method = REQUEST_METHODS.find((known) => known === (text(state, 'method') || 'GET').toUpperCase());
  const url = studio.values.template(addressOf(state));
  const written = text(state, 'body');
  const body = studio.values.template(written);
  const hasForm = method !== 'GET' && parametersOf(state).length > 0;
  if (method === undefined || url === undefined || url.length > 2000 || body === undefined || hasForm) return undefined;
  const isJson = /json/i.test(text(state, 'content_type'));
  if (written !== '' && method !== 'GET' && !isJson) return undefined;
  const answers = answersUsed(studio.source, state.name).slice(0, 20);
  const nodeId = studio.flow.add('request', state.name, {
    method,
    url,
    ...(written !== '' && method !== 'GET' && { body }),
    // Studio gives up after ten seconds.
    timeoutMs: 10_000,
    assignments: answers.map((part) => ({
      variable: studio.values.answerOf(state.name, part),
      expression: answerPath(part),
    })),
  });
  const wire = () => {
    studio.lead(nodeId, ['success'], state, 'success');
    studio.lead(nodeId, FAILURES, state, 'failed');
  };
  return { nodeId, wire };
}

/** Parameters of a GET are its query. */
function addressOf(state: StudioState): string {
  const url = text(state, 'url');
  const parameters = parametersOf(state);
  if ((text(state, 'method') || 'GET').toUpperCase() !== 'GET' || parameters.length === 0) return url;
  const query = parameters.map(({ key, value }) => `${encodeURIComponent(key)}=${encoded(value)}`).join('&');
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** Places for values are encoded when they are filled in. */
function encoded(value: string): string {
  return value.replace(/\{\{.*?\}\}|[^{]+|\{/gs, (part) => (part.startsWith('{{') ? part : encodeURIComponent(part)));
}

function parametersOf(state: StudioState): readonly { key: string; value: string }[] {
  const { parameters } = state.properties;
  if (!Array.isArray(parameters)) return [];
  return parameters.flatMap((one: { key?: unknown; value?: unknown }) =>
    typeof one?.key === 'string' ? [{ key: one.key, value: String(one.value ?? '') }] : [],
  );
}
