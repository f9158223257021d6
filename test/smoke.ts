import { parseArgs } from 'node:util';
import {
  CALLER_HZ,
  hasPrompt,
  hasTone,
  MainJob,
  OPERATOR_HZ,
  sent,
  succeeded,
  traced,
  wireDelayMs,
} from './support/main-job.ts';
import { MENU_PROMPT, SALES_KEY, SALES_MEMBER } from './support/sample-facts.ts';

/**
 * `npm run smoke`: starts the app headless on the Node host and does the call part of the main job in real Chromium.
 * `--json` prints one line of JSON. Exit code 1 when anything of it did not work. Expects `npm run build`.
 */
interface Outcome {
  ok: boolean;
  registerMs: number | null;
  inviteToOkMs: number | null;
  okToFirstAudioMs: number | null;
  promptMatched: boolean;
  dtmfToReactionMs: number | null;
  operatorAnswered: boolean;
  audioCallerToOperator: boolean;
  audioOperatorToCaller: boolean;
  cleanHangup: boolean;
  error?: string;
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const outcome: Outcome = {
  ok: false,
  registerMs: null,
  inviteToOkMs: null,
  okToFirstAudioMs: null,
  promptMatched: false,
  dtmfToReactionMs: null,
  operatorAnswered: false,
  audioCallerToOperator: false,
  audioOperatorToCaller: false,
  cleanHangup: false,
};

const heard = (sounds: Promise<unknown>) =>
  sounds.then(
    () => true,
    () => false,
  );

async function run(job: MainJob): Promise<void> {
  const { caller, operator } = job;
  await job.openDesigner();
  outcome.registerMs = wireDelayMs(await caller.wire(), sent('REGISTER'), succeeded('REGISTER'));
  await job.signInOperator(SALES_MEMBER);

  await job.callFlow();
  const prompt = await job.prompt(MENU_PROMPT);
  outcome.promptMatched = await heard(caller.hears('the menu prompt', hasPrompt(prompt), 40_000));
  const okAtMs = (await caller.wire()).find(succeeded('INVITE'))?.atMs;
  const soundAtMs = await caller.firstSoundAtMs();
  outcome.inviteToOkMs = wireDelayMs(await caller.wire(), sent('INVITE'), succeeded('INVITE'));
  if (okAtMs !== undefined && soundAtMs !== null) outcome.okToFirstAudioMs = Math.round(soundAtMs - okAtMs);

  await job.pressKey(SALES_KEY);
  await operator.page.getByRole('button', { name: 'Answer' }).click({ timeout: 15_000 });
  const isKey = (message: { text: string }) => message.text === `DTMF ${SALES_KEY}`;
  outcome.dtmfToReactionMs = wireDelayMs(await caller.wire(), isKey, traced('digit'));
  await operator.page.getByText('On call').first().waitFor();
  outcome.operatorAnswered = true;

  await Promise.all([caller.clearHeard(), operator.clearHeard()]);
  [outcome.audioCallerToOperator, outcome.audioOperatorToCaller] = await Promise.all([
    heard(operator.hears('the caller', hasTone(CALLER_HZ))),
    heard(caller.hears('the operator', hasTone(OPERATOR_HZ))),
  ]);

  await job.hangUp();
  await operator.page.getByText('Available', { exact: true }).waitFor({ timeout: 5000 });
  await caller.page.getByText('You hung up').waitFor({ timeout: 5000 });
  outcome.cleanHangup = (await caller.openPeers()) === 0 && (await operator.openPeers()) === 0;
}

let job: MainJob | undefined;
try {
  job = await MainJob.start();
  await run(job);
} catch (error) {
  outcome.error = error instanceof Error ? error.message : String(error);
} finally {
  await job?.close();
}
outcome.ok =
  outcome.error === undefined &&
  Object.entries(outcome).every(([name, value]) => name === 'ok' || (value !== null && value !== false));
if (values.json) console.log(JSON.stringify(outcome));
else for (const [name, value] of Object.entries(outcome)) console.log(`${name}: ${value}`);
process.exit(outcome.ok ? 0 : 1);
