import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../shared/analyze/check.ts';
import { proveProject } from '../../../shared/analyze/proofs.ts';
import { sampleProject } from '../../../shared/flow/samples/index.ts';
import { addSampleFlow, SAMPLE_FLOWS, sampleFlowTexts } from '../../../shared/import/samples/index.ts';
import { countingIds, errorsIn, importedFlow } from '../../support/import-helpers.ts';

const languages = ['en', 'pl'] as const;
const all = SAMPLE_FLOWS.flatMap((id) => languages.map((language) => [id, language] as const));
const added = (id: (typeof SAMPLE_FLOWS)[number], language: 'en' | 'pl') =>
  addSampleFlow(sampleProject(language), id, language, { startName: 'Start', newId: countingIds() });

describe('sample flows', () => {
  it.each(all)('%s in %s has nothing wrong, and every caller can reach somebody', (id, language) => {
    const { project, flowIds } = added(id, language);
    expect(errorsIn(project)).toEqual([]);
    const [flowId] = flowIds;
    const found = checkProject(project).filter((one) => one.flowId === flowId && one.severity !== 'info');
    expect(found.map(({ code, nodeId }) => `${code} ${nodeId}`)).toEqual([]);
    const proved = proveProject(project).findings.filter((one) => one.flowId === flowId && one.severity === 'error');
    expect(proved.map(({ code }) => code)).toEqual([]);
  });

  it.each(SAMPLE_FLOWS)('%s is the same in both languages', (id) => {
    const drawn = languages.map((language) => importedFlow(added(id, language)));
    expect(Object.values(drawn[1]!.nodes).map(({ type }) => type)).toEqual(
      Object.values(drawn[0]!.nodes).map(({ type }) => type),
    );
    for (const language of languages) expect(sampleFlowTexts(id, language).about).toMatch(/\.$/);
  });
});
