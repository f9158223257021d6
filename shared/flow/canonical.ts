import { stableLines } from '../lib/stable-json.ts';
import type { Project } from './project.ts';

/** Members that a reader wants to see first; all others are alphabetical. */
const FIRST = ['format', 'version', 'id', 'type', 'kind', 'name'] as const;

/** Positions, prompts, short lists and the like are one thing for a reader: they stand on one line. */
const ONE_LINE_MEMBERS = 4;

/**
 * The text of a project file: JSON with one small thing per line in an order that depends on the content only, so that
 * version control shows what changed and merges what does not overlap. Ends with a line feed. Reading it back with
 * `parseProjectText` gives an equal project.
 */
export function printProject(project: Project): string {
  const { tests, ...others } = project;
  // Files from before there were tests stay as they are until they have one.
  const document = Object.keys(tests).length === 0 ? others : project;
  return `${stableLines(document, { first: FIRST, oneLineMembers: ONE_LINE_MEMBERS })}\n`;
}
