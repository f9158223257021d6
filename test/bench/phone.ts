import { parseArgs } from 'node:util';
import { sampleProject } from '../../shared/flow/samples/index.ts';
import { AppBrowser, beeps, type WireMessage } from '../support/app-browser.ts';
import { HostWindow } from '../support/host-window.ts';
import { CALLER_HZ, MainJob, OPERATOR_HZ, sent } from '../support/main-job.ts';
import { SALES_KEY, SALES_MEMBER } from '../support/sample-facts.ts';
import { PlainPage } from './phone/plain-page.ts';
import { Stopwatch } from './phone/stopwatch.ts';

/**
 * `npm run bench:phone -- --calls 30 --json`: how quick the softphone is beside plain JsSIP in the same Chromium on the
 * same PBX, call by call in turn: click to INVITE, click to the first sound of the flow, INVITE to ringing, answer to
 * sound both ways, key to reaction. Medians and 99th percentiles, ms.
 */
const { values } = parseArgs({
  options: { calls: { type: 'string', default: '30' }, json: { type: 'boolean', default: false } },
});

/** What a person at a phone can do, whichever phone it is. */
interface Caller {
  readonly browser: AppBrowser;
  readonly watch: Stopwatch;
  callFlow(): Promise<void>;
  callPerson(): Promise<void>;
  pressKey(): Promise<void>;
  hangUp(): Promise<void>;
}
interface Callee {
  readonly watch: Stopwatch;
  answer(): Promise<void>;
  /** Waits until the call is over. */
  free(): Promise<void>;
}

const MEASURES = ['clickToInvite', 'clickToSound', 'inviteToRinging', 'answerToBothHear', 'keyToReaction'] as const;
type Times = Record<(typeof MEASURES)[number], number[]>;
const noTimes = (): Times => Object.fromEntries(MEASURES.map((name) => [name, []])) as unknown as Times;

const isRinging = ({ direction, text }: WireMessage) => direction === 'in' && text.startsWith('SIP/2.0 180');
const isKey = ({ text }: WireMessage) => text.startsWith('DTMF');

function quantiles(times: readonly number[]): { p50: number; p99: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? -1);
  return { p50: at(0.5), p99: at(0.99) };
}

const project = sampleProject('en');
const [member, other, caller] = (() => {
  const people = Object.entries(project.people);
  const first = people.find(([, { name }]) => name === SALES_MEMBER);
  const rest = people.filter((one) => one !== first);
  if (!first || !rest[0] || !rest[1]) throw new Error('The sample has too few people.');
  return [first, rest[0], rest[1]].map(([personId, person]) => ({ personId, extension: person.extension }));
})() as [Person, Person, Person];
interface Person {
  readonly personId: string;
  readonly extension: string;
}

const job = await MainJob.start({ bypassCSP: true });
const plainPage = await PlainPage.serve();
const plainCaller = await AppBrowser.launch({ microphone: beeps(CALLER_HZ) });
const plainCallee = await AppBrowser.launch({ microphone: beeps(OPERATOR_HZ) });
const bridge = await HostWindow.open(job.host.url);
/** When the engine last took a key, ms since the epoch. */
let digitAtMs: number | undefined;
bridge.onEvent = (event, payload) => {
  if (event === 'call.trace' && JSON.stringify(payload).includes('"type":"digit"')) {
    digitAtMs ??= performance.timeOrigin + performance.now();
  }
};

async function ours(): Promise<[Caller, Callee]> {
  const watch = await Stopwatch.on(job.caller);
  const calleeWatch = await Stopwatch.on(job.operator);
  await job.openDesigner();
  await job.signInOperator(SALES_MEMBER);
  const { page } = job.caller;
  const phone = page.getByRole('complementary', { name: 'Phone' });
  const desk = job.operator.page;
  return [
    {
      browser: job.caller,
      watch,
      callFlow: () => job.callFlow(),
      callPerson: async () => {
        await phone.getByPlaceholder('Number or extension').fill(member.extension);
        await watch.reset();
        await phone.getByRole('button', { name: 'Call', exact: true }).click();
      },
      pressKey: () => job.pressKey(SALES_KEY),
      hangUp: async () => {
        await phone.getByRole('button', { name: 'Hang up' }).click();
        await phone.getByRole('button', { name: 'Hang up' }).waitFor({ state: 'detached' });
      },
    },
    {
      watch: calleeWatch,
      answer: async () => {
        await desk.getByRole('button', { name: 'Answer' }).waitFor();
        await calleeWatch.reset();
        await desk.getByRole('button', { name: 'Answer' }).click();
      },
      free: () => desk.getByText('Available', { exact: true }).waitFor(),
    },
  ];
}

async function plain(): Promise<[Caller, Callee]> {
  const watch = await Stopwatch.on(plainCaller);
  const calleeWatch = await Stopwatch.on(plainCallee);
  const titled = (browser: AppBrowser, title: string) =>
    browser.page.waitForFunction((wanted) => document.title === wanted, title);
  for (const [browser, { personId }] of [
    [plainCaller, caller],
    [plainCallee, other],
  ] as const) {
    const account = await bridge.call('phone.account', { who: { personId } });
    await browser.page.goto(plainPage.address(account, other.extension));
    await titled(browser, 'ready');
  }
  const click = (browser: AppBrowser, id: string) => browser.page.locator(`#${id}`).click();
  return [
    {
      browser: plainCaller,
      watch,
      callFlow: () => click(plainCaller, 'flow'),
      callPerson: () => click(plainCaller, 'person'),
      pressKey: () => click(plainCaller, 'key'),
      hangUp: async () => {
        await click(plainCaller, 'end');
        await titled(plainCaller, 'ready');
      },
    },
    {
      watch: calleeWatch,
      answer: async () => {
        await titled(plainCallee, 'ringing');
        await calleeWatch.reset();
        await click(plainCallee, 'answer');
      },
      free: async () => void (await titled(plainCallee, 'ready')),
    },
  ];
}

/** One call into the flow, and one to a person. */
async function measure(times: Times, [from, to]: readonly [Caller, Callee]): Promise<void> {
  await from.watch.reset();
  await from.callFlow();
  const soundAtMs = await from.watch.heardAtMs();
  const clickAtMs = await from.watch.clickedAtMs();
  times.clickToSound.push(soundAtMs - clickAtMs);
  times.clickToInvite.push((await from.watch.messageAtMs(sent('INVITE'))) - clickAtMs);
  digitAtMs = undefined;
  await from.pressKey();
  const keyAtMs = await from.watch.messageAtMs(isKey);
  while (digitAtMs === undefined) await from.browser.page.waitForTimeout(20);
  times.keyToReaction.push(digitAtMs - keyAtMs);
  await from.hangUp();
  await to.free();

  await from.watch.reset();
  await from.callPerson();
  const ringingAtMs = await from.watch.messageAtMs(isRinging);
  times.inviteToRinging.push(ringingAtMs - (await from.watch.messageAtMs(sent('INVITE'))));
  await to.answer();
  const [heardByCallee, heardByCaller] = await Promise.all([to.watch.heardAtMs(), from.watch.heardAtMs()]);
  times.answerToBothHear.push(Math.max(heardByCallee, heardByCaller) - (await to.watch.clickedAtMs()));
  await from.hangUp();
  await to.free();
}

try {
  const phones = { ours: await ours(), plain: await plain() };
  const times = { ours: noTimes(), plain: noTimes() };
  // What is loaded at the first call is no matter of the others.
  for (const name of ['ours', 'plain'] as const) await measure(noTimes(), phones[name]);
  for (let call = 0; call < Number(values.calls); call++) {
    for (const name of ['ours', 'plain'] as const) await measure(times[name], phones[name]);
    if (!values.json) console.log(`call ${call + 1}`);
  }
  const result = Object.fromEntries(
    MEASURES.map((name) => {
      const [own, other_] = [quantiles(times.ours[name]), quantiles(times.plain[name])];
      return [name, { ours: own, plain: other_, ratio: Number((other_.p50 / own.p50).toFixed(2)) }];
    }),
  );
  console.log(JSON.stringify(result));
} finally {
  bridge.close();
  plainPage.close();
  await Promise.all([plainCaller.close(), plainCallee.close()]);
  await job.close();
}
