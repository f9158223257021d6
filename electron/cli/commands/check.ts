import { checkProject } from '../../../shared/analyze/check.ts';
import { type Command, printJson } from '../command.ts';
import { exitOf, findingJson, LEVEL_OPTION, levelOf, printFindings } from '../print-findings.ts';
import { readProject } from '../read-input.ts';

/** `check FILE`: what the rules find. */
export const check: Command = {
  summary: 'find what is wrong in a project',
  inputs: ['FILE'],
  options: { level: LEVEL_OPTION },
  found: 'there are findings of the level',
  run: async (call) => {
    const level = levelOf(call);
    const project = await readProject(call.inputs[0] ?? '', call.io);
    const findings = checkProject(project);
    if (call.json) printJson(call.io, { findings: findings.map(findingJson) });
    else call.io.out(printFindings(project, findings));
    return exitOf(findings, level);
  },
};
