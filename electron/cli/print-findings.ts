import type { Finding, Severity } from '../../shared/analyze/finding.ts';
import { nodeName } from '../../shared/analyze/names.ts';
import type { Project } from '../../shared/flow/project.ts';
import { lookup } from '../../shared/lib/record.ts';
import { type CommandCall, usage } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** The option that says which findings matter. */
export const LEVEL_OPTION = {
  type: 'string',
  value: 'LEVEL',
  help: 'exit 1 from this level on: error, warning or info (default: warning)',
} as const;

/** The level asked for. @throws DialtreeError `cli/usage`. */
export function levelOf({ options }: CommandCall): Severity {
  const level = SEVERITIES.find((one) => one === (options.level ?? 'warning'));
  if (!level) throw usage('--level takes error, warning or info.');
  return level;
}

/** 1 when some finding is at least as severe as the level. */
export function exitOf(findings: readonly Finding[], level: Severity): ExitCode {
  const matters = SEVERITIES.slice(0, SEVERITIES.indexOf(level) + 1);
  return findings.some(({ severity }) => matters.includes(severity)) ? EXIT.found : EXIT.ok;
}

/** Findings as text, a line each, and how many there are. */
export function printFindings(project: Project, findings: readonly Finding[]): string {
  const lines = findings.map(
    (finding) => `${finding.severity}: ${placeOf(project, finding)}${finding.message} [${finding.code}]`,
  );
  const counts = SEVERITIES.map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return `${count} ${severity === 'info' ? 'hint' : severity}${count === 1 ? '' : 's'}`;
  });
  return `${[...lines, counts.join(', ')].join('\n')}\n`;
}

/** A finding as JSON: what can be done about it is a function, so only whether something can. */
export function findingJson({ fix, ...finding }: Finding): unknown {
  return { ...finding, fixable: fix !== undefined };
}

function placeOf(project: Project, { flowId, nodeId, output }: Finding): string {
  if (flowId === null) return '';
  const flow = lookup(project.flows, flowId)?.name ?? flowId;
  const node = nodeId === null ? [] : [nodeName(project, { flowId, nodeId })];
  return `${[flow, ...node, ...(output === null ? [] : [output])].join(' / ')}: `;
}
