import type { Project } from '../../shared/flow/project.ts';
import {
  initialValue,
  typeOf,
  type Variable,
  VariableNameSchema,
  VariableSchema,
} from '../../shared/flow/variables.ts';

/** Pure changes of a project's variables. */

/** Whether a name can be given to a new variable. */
export function isFreeName(project: Pick<Project, 'variables'>, name: string): boolean {
  return VariableNameSchema.safeParse(name).success && !Object.hasOwn(project.variables, name);
}

/** Adds a variable, or changes one. A value at the start of another type than the variable's gives way. */
export function putVariable(project: Project, name: string, variable: Partial<Variable>): Project {
  const { initial, ...rest } = { ...project.variables[name], ...variable };
  const parsed = VariableSchema.parse(rest);
  const fits = initial !== undefined && typeOf(initial) === parsed.type && initial !== initialValue(parsed);
  return { ...project, variables: { ...project.variables, [name]: fits ? { ...parsed, initial } : parsed } };
}

/** Takes a variable out. What still names it is reported as a problem. */
export function removeVariable(project: Project, name: string): Project {
  const { [name]: _gone, ...variables } = project.variables;
  return { ...project, variables };
}

/** `base`, or `base_2`, `base_3`… when there is one of that name already. */
export function freeVariableName(project: Pick<Project, 'variables'>, base: string): string {
  let name = base;
  for (let count = 2; !isFreeName(project, name); count++) name = `${base}_${count}`;
  return name;
}
