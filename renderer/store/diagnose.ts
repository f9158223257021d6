import type { Project } from '../../shared/flow/project.ts';
import type { Problem } from './problems-store.ts';

/** What is wrong with a project, in every flow. */
export function diagnose(_project: Project): readonly Problem[] {
  return [];
}
