import { sampleProject } from '../../shared/flow/samples/index.ts';
import { invariant } from '../../shared/lib/invariant.ts';

/** What tests need to know of the English sample project, read from the sample itself. */
const project = sampleProject('en');
const mainMenu = project.flows.main?.nodes.main;
invariant(mainMenu?.type === 'menu', 'the sample has a main menu');
invariant(mainMenu.data.prompt.kind === 'text', 'its prompt is a text');

/** What the main menu says. */
export const MENU_PROMPT = mainMenu.data.prompt.text;
/** The key for sales. */
export const SALES_KEY = '1';

const salesNode = project.flows.main?.nodes[mainMenu.connections[`key:${SALES_KEY}`] ?? ''];
invariant(salesNode?.type === 'queue' && salesNode.data.queueId, 'key 1 leads to a queue');
const sales = project.queues[salesNode.data.queueId];
invariant(sales?.members[0], 'the sales queue has members');

export const SALES_QUEUE = sales.name;
/** Someone who answers for sales. */
export const SALES_MEMBER = project.people[sales.members[0].personId]!.name;
export const MAIN_MENU = mainMenu.name;
export const SALES_NODE = salesNode.name;
