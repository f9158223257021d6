import type { DiagnosticCode } from '../engine/lower/diagnostics.ts';
import { type Lowered, lowerProject } from '../engine/lower/index.ts';
import type { Project } from '../flow/project.ts';
import { type Finding, sortFindings } from './finding.ts';
import type { CheckCode } from './rules/codes.ts';
import { RULES } from './rules/index.ts';
import { RuleContext } from './rules/rule.ts';

export type { CheckCode } from './rules/codes.ts';

/** A finding of `checkProject`: of lowering, or of a rule. */
export type Problem = Finding<DiagnosticCode | CheckCode>;

/**
 * Everything that can be told of a project without exploring it: what lowering says, and what the rules say, in a
 * stable order. An `error` blocks publishing. Near linear in nodes.
 * @param lowered The project lowered, where that is at hand.
 * @param voices Ids of the voices that this machine has, where that is known.
 */
export function checkProject(
  project: Project,
  lowered: Lowered = lowerProject(project),
  voices?: readonly string[],
): readonly Problem[] {
  const context = new RuleContext(project, lowered.program, voices);
  for (const rule of RULES) rule(context);
  return sortFindings<DiagnosticCode | CheckCode>([...lowered.diagnostics, ...context.findings]);
}
