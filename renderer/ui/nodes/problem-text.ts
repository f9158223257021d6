import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/analyze/finding.ts';
import type { problemsEn } from '../../i18n/problems-en.ts';
import { outputLabel } from './output-label.ts';

type AtNumber = keyof (typeof problemsEn)['atNumber'];
const AT_NUMBER: readonly string[] = [
  'flow/no-number',
  'flow/unknown-person',
  'flow/unknown-queue',
  'flow/queue-without-members',
] satisfies readonly AtNumber[];

/** Makes the sentence of a problem in the window's language. */
export function useProblemText(): (problem: Pick<Finding, 'code' | 'params' | 'nodeId' | 'output'>) => string {
  const { t } = useTranslation();
  return ({ code, params, nodeId, output }) => {
    // Which params each sentence has is decided by the core; both languages are tested against it.
    const say = t as (key: string, params: object) => string;
    const kind = output?.startsWith('key:') ? 'key' : 'outcome';
    const words = output === null ? params : { ...params, output: outputLabel({ id: output, kind }, t) };
    const place = nodeId === null && 'number' in params && AT_NUMBER.includes(code) ? 'atNumber.' : '';
    return say(`problem.${place}${code}`, words);
  };
}
