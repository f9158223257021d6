import type { Id } from '../../shared/flow/ids.ts';
import type { Project } from '../../shared/flow/project.ts';
import type { ProjectTest } from '../../shared/flow/project-test.ts';
import { newId } from './new-id.ts';

/** Pure changes of a project's tests. */

/** Adds a test. */
export function addTest(project: Project, test: ProjectTest): Project {
  return { ...project, tests: { ...project.tests, [newId('t')]: test } };
}

export function renameTest(project: Project, id: Id, name: string): Project {
  const test = project.tests[id];
  return test ? { ...project, tests: { ...project.tests, [id]: { ...test, name } } } : project;
}

export function removeTest(project: Project, id: Id): Project {
  const { [id]: _gone, ...tests } = project.tests;
  return { ...project, tests };
}
