import { useTranslation } from 'react-i18next';
import type { Problem } from '../../store/problems-store.ts';

/** The sentence of a problem in the window's language; the core's English one for codes that we do not know. */
export function useProblemText(): (problem: Problem) => string {
  const { t, i18n } = useTranslation();
  return (problem) => {
    const key = `problem.${problem.code.replace('/', '.')}`;
    // The codes come from the core, so that their keys cannot be checked here; a test holds them against the texts.
    return i18n.exists(key) ? (t as (key: string, params: object) => string)(key, problem.params) : problem.message;
  };
}
