import { proveProject } from '../../../shared/analyze/proofs.ts';
import { type Command, numberOption, printJson, usage } from '../command.ts';
import { exitOf, findingJson, LEVEL_OPTION, levelOf, printFindings } from '../print-findings.ts';
import { readProject } from '../read-input.ts';

/** `explore FILE`: what calls can meet, whatever happens. */
export const explore: Command = {
  summary: 'follow every way that calls can go, and prove where they end',
  inputs: ['FILE'],
  options: {
    level: LEVEL_OPTION,
    keys: { type: 'string', value: 'N', help: 'a person must be reachable within so many keys (with --seconds)' },
    seconds: { type: 'string', value: 'T', help: 'a person must be reachable within so many seconds (with --keys)' },
    'max-states': { type: 'string', value: 'N', help: 'states looked at for each number (default: 300000)' },
  },
  found: 'there are findings of the level',
  run: async (call) => {
    const level = levelOf(call);
    const keys = numberOption(call, 'keys', 0, 1000);
    const seconds = numberOption(call, 'seconds', 0, 86_400);
    const maxStates = numberOption(call, 'max-states', 1, 10_000_000);
    if ((keys === undefined) !== (seconds === undefined)) throw usage('--keys and --seconds go together.');
    const project = await readProject(call.inputs[0] ?? '', call.io);
    const { findings, complete, explorations } = proveProject(project, {
      ...(maxStates !== undefined && { maxStates }),
      ...(keys !== undefined && seconds !== undefined && { person: { keys, ms: seconds * 1000 } }),
    });
    const states = explorations.reduce((sum, { graph }) => sum + graph.nodes.length, 0);
    if (call.json) {
      printJson(call.io, { complete, states, findings: findings.map(findingJson) });
    } else {
      call.io.out(printFindings(project, findings));
      call.io.out(`${states} states ${complete ? 'are all there are' : 'were looked at; there are more'}\n`);
    }
    return exitOf(findings, level);
  },
};
