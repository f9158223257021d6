import type { Project } from '../../shared/flow/project.ts';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { HostWindow } from './host-window.ts';
import { SALES_MEMBER, SALES_QUEUE } from './sample-facts.ts';

/** The sample project whose sales queue one person answers for, with wrap-up, codes, a script and a page. */
export async function openOperatorsProject(address: string, language: 'en' | 'pl' = 'en'): Promise<Project> {
  const window = await HostWindow.open(address);
  const { project, revision } = await window.call('project.current', {});
  const words = {
    en: { codes: ['Order', 'Repair', 'Complaint'], script: 'Good day, Harbour Bikes. How can I help?' },
    pl: { codes: ['Zamówienie', 'Naprawa', 'Reklamacja'], script: 'Dzień dobry, tu Rowery Portowe. W czym pomóc?' },
  }[language];
  const [memberId = ''] = Object.entries(project.people).find(([, { name }]) => name === SALES_MEMBER) ?? [];
  const [queueId = '', queue] = Object.entries(project.queues).find(([, { name }]) => name === SALES_QUEUE) ?? [];
  if (queue === undefined) throw new Error('the sample has a queue for sales');
  project.queues[queueId] = {
    ...queue,
    members: [{ personId: memberId, penalty: 0 }],
    wrapUpMs: 120_000,
    wrapUpCodes: words.codes,
    script: words.script,
    scriptUrl: 'https://crm.example.com/customers?phone={number}',
  };
  project.settings.language = sampleProject(language).settings.language;
  await window.call('project.save', { project, baseRevision: revision });
  await window.call('pbx.deploy', {});
  window.close();
  return project;
}
