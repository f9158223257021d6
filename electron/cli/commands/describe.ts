import { describeProject, printDescription } from '../../../shared/analyze/describe.ts';
import { printMermaid } from '../../../shared/analyze/mermaid.ts';
import { lowerProject } from '../../../shared/engine/lower/index.ts';
import { lookup, sortedEntries } from '../../../shared/lib/record.ts';
import { type Command, printJson, usage } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { readProject } from '../read-input.ts';

/** `describe FILE`: flows in sentences, or as Mermaid. */
export const describe: Command = {
  summary: 'tell the flows in sentences',
  inputs: ['FILE'],
  options: {
    mermaid: { type: 'boolean', help: 'as Mermaid flowcharts instead' },
    flow: { type: 'string', value: 'ID', help: 'this flow only' },
  },
  found: 'never',
  run: async ({ inputs: [file = ''], options: { mermaid, flow }, io, json }) => {
    const project = await readProject(file, io);
    if (typeof flow === 'string' && !lookup(project.flows, flow)) throw usage(`There is no flow "${flow}".`);
    const isWanted = (flowId: string) => flow === undefined || flow === flowId;
    if (mermaid) {
      const charts = sortedEntries(project.flows)
        .filter(([flowId]) => isWanted(flowId))
        .map(([flowId, one]) => ({ flowId, mermaid: printMermaid(one) }));
      if (json) printJson(io, { flows: charts });
      else io.out(charts.map((chart) => chart.mermaid).join('\n'));
      return EXIT.ok;
    }
    const flows = describeProject(project, lowerProject(project).program).filter(({ flowId }) => isWanted(flowId));
    if (json) printJson(io, { flows });
    else io.out(printDescription(flows));
    return EXIT.ok;
  },
};
