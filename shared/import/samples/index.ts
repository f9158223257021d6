import type { Project } from '../../flow/project.ts';
import { invariant } from '../../lib/invariant.ts';
import { ImportDraft, type Imported } from '../draft.ts';
import { spoken } from '../flow-draft.ts';
import type { ImportOptions } from '../options.ts';
import { OutlineWriter } from '../outline/flow-from-outline.ts';
import { parseOutline } from '../outline/parse-outline.ts';
import type { SampleFlowId, SampleFlowTexts } from './texts.ts';
import { namesEn, samplesEn } from './texts-en.ts';
import { namesPl, samplesPl } from './texts-pl.ts';

export { SAMPLE_FLOWS, type SampleFlowId } from './texts.ts';

/** What a sample is called and what it shows. */
export function sampleFlowTexts(id: SampleFlowId, language: 'en' | 'pl'): SampleFlowTexts {
  return { en: samplesEn, pl: samplesPl }[language][id];
}

/**
 * A sample flow in a project: its menu behind opening hours (Monday to Friday, 9 to 17), a message and voicemail when
 * it is closed. Its queues have the project's first two people as members, so that it can be called at once.
 */
export function addSampleFlow(
  project: Project,
  id: SampleFlowId,
  language: 'en' | 'pl',
  options: Omit<ImportOptions, 'name'>,
): Imported {
  const texts = sampleFlowTexts(id, language);
  const names = { en: namesEn, pl: namesPl }[language];
  const members = Object.keys(project.people)
    .slice(0, 2)
    .map((personId) => ({ personId }));
  const draft = new ImportDraft(project, options.newId, [], { members });
  const flow = draft.flow(texts.name, options.startName);
  const writer = new OutlineWriter(flow, language);
  const menu = writer.write(parseOutline(texts.outline).menu);
  invariant(writer.problems.length === 0, 'samples have no problems');
  const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }));
  const { timeZone } = project.settings;
  const scheduleId = draft.schedule({ name: names.hours, timeZone, weekly, holidays: {}, override: 'auto' });
  const hours = flow.add('schedule', names.hours, { scheduleId });
  const closed = flow.add('say', names.closed, { prompt: spoken(texts.closed) });
  const message = flow.add('voicemail', names.message);
  flow.connect('start', 'next', hours);
  flow.connect(hours, 'open', menu);
  flow.connect(hours, 'closed', closed);
  flow.connect(closed, 'next', message);
  return draft.finish();
}
