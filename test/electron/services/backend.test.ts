import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Backend } from '../../../electron/services/backend.ts';
import { WRITE_AFTER_MS } from '../../../electron/services/calls/call-log.ts';
import { POLL_MS } from '../../../electron/services/project/project-watcher.ts';
import { digestSecret } from '../../../electron/sip/digest.ts';
import type { EventName } from '../../../shared/bridge/contract.ts';
import { dispatchCall } from '../../../shared/bridge/dispatch.ts';
import type { PbxCommand, PbxEvent } from '../../../shared/bridge/pbx.ts';
import type { WebhookState } from '../../../shared/bridge/webhook.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import type { Project } from '../../../shared/flow/project.ts';
import { ManualClock } from '../../../shared/lib/clock.ts';
import { silentLogger } from '../../../shared/lib/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { callSummary } from '../../support/fake-bridge.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { json, startWebService } from '../../support/web-service.ts';

/** A PBX process that starts and takes every configuration. */
class ObedientPbx {
  readonly commands: PbxCommand[] = [];
  #message: (message: unknown) => void = () => {};
  #exit: (code: number | null) => void = () => {};

  send(command: PbxCommand): void {
    this.commands.push(command);
    if (command.type === 'start')
      this.say({ type: 'started', wsUrl: 'ws://127.0.0.1:5', port: 5, sipAddress: '127.0.0.1:6' });
    if (command.type === 'configure') this.say({ type: 'configured', requestId: command.requestId, missingAudio: [] });
    if (command.type === 'stop') queueMicrotask(() => this.#exit(0));
  }
  say(event: PbxEvent): void {
    queueMicrotask(() => this.#message(event));
  }
  crash(): void {
    this.#exit(1);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }
  onExit(listener: (code: number | null) => void): void {
    this.#exit = listener;
  }
  kill(): void {}

  get config() {
    const command = this.commands.findLast((entry) => entry.type === 'configure');
    return command?.type === 'configure' ? command.config : undefined;
  }
}

let clock: ManualClock;
let pbx: ObedientPbx;
let backend: Backend;
let dataDir: string;
let emitted: { name: EventName; payload: unknown }[];

beforeEach(() => {
  emitted = [];
  clock = new ManualClock();
  dataDir = tempDir();
  backend = new Backend({
    dataDir,
    version: '1.0.0',
    host: 'node',
    locale: 'en-US',
    pbxPort: 0,
    spawnPbx: () => {
      pbx = new ObedientPbx();
      return pbx;
    },
    clock,
    logger: silentLogger,
    emit: (name, payload) => emitted.push({ name, payload }),
  });
  backend.start();
  onTestFinished(() => backend.stop());
});

/** A call as a window makes it: parsed both ways. */
async function ask(name: string, input: unknown = {}): Promise<unknown> {
  const result = await dispatchCall(backend.handlers, name, input, 'window');
  if (!result.ok) throw Object.assign(new Error(result.error.message), result.error);
  return result.output;
}

describe('Backend', () => {
  it('deploys the project with every prompt rendered and nobody’s password in it', async () => {
    expect(await ask('pbx.deploy')).toMatchObject({ state: 'running', deployedRevision: 1, promptProblems: [] });
    const config = pbx.config!;
    expect(Object.keys(config.audio).sort()).toEqual(Object.keys(config.program.prompts).sort());
    const account = (await ask('phone.account', { who: 'tester' })) as {
      password: string;
      user: string;
      wsUrl: string;
    };
    expect(account).toMatchObject({ user: 'tester', wsUrl: 'ws://127.0.0.1:5' });
    expect(account.password.length).toBeGreaterThan(20);
    expect(JSON.stringify(pbx.commands)).not.toContain(account.password);
    expect(config.accounts.map((entry) => entry.user)).toContain('tester');
  });

  it('tells which prompts cannot be rendered, and deploys the rest', async () => {
    const { project, revision } = (await ask('project.current')) as { project: never; revision: number };
    const changed = structuredClone(project) as {
      flows: { main: { nodes: { hours: { data: { prompt: { text: string } } } } } };
    };
    changed.flows.main.nodes.hours.data.prompt.text = '…';
    await ask('project.save', { project: changed, baseRevision: revision });
    const status = await ask('pbx.deploy');
    expect(status).toMatchObject({ deployedRevision: 2, promptProblems: [{ code: 'speech/nothing-to-say' }] });
    expect(Object.keys(pbx.config!.audio).length).toBe(Object.keys(pbx.config!.program.prompts).length - 1);
  });

  it('gives queues what their callers hear while they wait; what cannot be rendered is told, and the rest plays on', async () => {
    const { project, revision } = (await ask('project.current')) as { project: Project; revision: number };
    const changed = structuredClone(project);
    const [spoken, silent, plain] = Object.keys(changed.queues) as [string, string, string];
    changed.queues[spoken]!.musicOnHold = { kind: 'text', text: 'Please wait a moment.' };
    changed.queues[silent]!.musicOnHold = { kind: 'text', text: '…' };
    await ask('project.save', { project: changed, baseRevision: revision });
    const status = await ask('pbx.deploy');
    expect(status).toMatchObject({ promptProblems: [{ promptKey: silent, code: 'speech/nothing-to-say' }] });
    const { music } = pbx.config!;
    expect(Object.keys(music)).toEqual([spoken]);
    expect(readFileSync(music[spoken]!).subarray(0, 4).toString()).toBe('RIFF');
    expect(music[plain]).toBeUndefined();
  });

  it('gives queues what they say now and then, in each language that calls can be in', async () => {
    const { project, revision } = (await ask('project.current')) as { project: Project; revision: number };
    const changed = structuredClone(project);
    const [both, silent, plain] = Object.keys(changed.queues) as [string, string, string];
    changed.prompts.thanks = {
      name: 'Thanks',
      sources: { en: { kind: 'text', text: 'Thank you for waiting.' }, pl: { kind: 'text', text: 'Dziękujemy.' } },
    };
    const flow = Object.values(changed.flows)[0]!;
    flow.nodes.polish = {
      type: 'language',
      name: '',
      position: { x: 0, y: 0 },
      data: { language: 'pl' },
      connections: {},
    };
    changed.queues[both]!.waitingPrompt = { kind: 'prompt', promptId: 'thanks' };
    changed.queues[silent]!.waitingPrompt = { kind: 'text', text: '…' };
    await ask('project.save', { project: changed, baseRevision: revision });
    const status = await ask('pbx.deploy');
    expect(status).toMatchObject({ promptProblems: [{ promptKey: silent, code: 'speech/nothing-to-say' }] });
    const prompts = pbx.config?.waitingPrompts ?? {};
    expect(Object.keys(prompts).sort()).toEqual([both, silent].sort());
    expect(prompts[plain]).toBeUndefined();
    expect(prompts[silent]?.path).toBeUndefined();
    const { path = '', versions } = prompts[both] ?? {};
    expect(Object.keys(versions ?? {})).toEqual(['pl']);
    expect(versions?.pl).not.toBe(path);
    for (const file of [path, versions?.pl ?? '']) expect(readFileSync(file).subarray(0, 4).toString()).toBe('RIFF');
  });

  it('gives an account only once the PBX knows it, at the start and for somebody new', async () => {
    await ask('phone.account', { who: 'tester' });
    expect(pbx.config?.accounts.map((entry) => entry.user)).toContain('tester');
    const { project, revision } = (await ask('project.current')) as { project: object; revision: number };
    const people = { new: { name: 'Nina New', extension: '199' } };
    await ask('project.save', {
      project: { ...project, people: { ...(project as never as { people: object }).people, ...people } },
      baseRevision: revision,
    });
    await ask('phone.account', { who: { personId: 'new' } });
    expect(pbx.config?.accounts.map((entry) => entry.user)).toContain('199');
  });

  it('gives an account to a person of the project, and to nobody else', async () => {
    await ask('pbx.deploy');
    expect(await ask('phone.account', { who: { personId: 'sales' } })).toMatchObject({
      user: '102',
      personId: 'sales',
    });
    await expect(ask('phone.account', { who: { personId: 'nobody' } })).rejects.toMatchObject({
      code: 'phone/unknown-person',
    });
    await expect(ask('phone.account', { who: { personId: '__proto__' } })).rejects.toMatchObject({
      code: 'phone/unknown-person',
    });
  });

  it('shows a desk phone’s account, and gives it another password, which the PBX knows', async () => {
    const { project } = (await ask('project.current')) as {
      project: { people: Record<string, { extension: string }> };
    };
    const [personId = '', person] = Object.entries(project.people)[0] ?? [];
    const before = (await ask('phone.desk', { personId })) as { password: string };
    expect(before).toEqual({
      server: '127.0.0.1:6',
      secureServer: null,
      user: person?.extension,
      password: expect.any(String),
    });
    const ha1 = () => pbx.config?.accounts.find(({ user }) => user === person?.extension)?.credentials.md5Ha1;
    const known = ha1();
    const after = (await ask('phone.renewPassword', { personId })) as { password: string };
    expect(after.password).not.toBe(before.password);
    expect(emitted).toContainEqual({ name: 'phone.passwordRenewed', payload: { personId } });
    expect(ha1()).toBe(digestSecret(person?.extension ?? '', 'dialtree.invalid', after.password).md5Ha1);
    expect(ha1()).not.toBe(known);
    expect(await ask('pbx.status')).toMatchObject({ sipAddress: '127.0.0.1:6' });
    await expect(ask('phone.renewPassword', { personId: 'nobody' })).rejects.toMatchObject({
      code: 'phone/unknown-person',
    });
  });

  it('ends the calls it knows when the PBX is gone', async () => {
    await ask('pbx.deploy');
    const call = {
      callId: 'c1',
      caller: { number: '600', name: '' },
      dialled: '100',
      flowId: 'main',
      startedAtMs: 1,
      endedAtMs: null,
      phase: 'flow' as const,
      queueId: null,
      personId: null,
      endCause: null,
      countdown: null,
    };
    pbx.say({ type: 'call', call });
    pbx.say({ type: 'trace', callId: 'c1', entry: { atMs: 0, type: 'prompt-finished', nodeId: 'main' } });
    await Promise.resolve();
    expect(await ask('calls.active')).toEqual([call]);
    expect(await ask('calls.trace', { callId: 'c1' })).toHaveLength(1);
    pbx.crash();
    expect(await ask('calls.active')).toEqual([]);
    expect(emitted.at(-2)).toMatchObject({
      name: 'call.changed',
      payload: { phase: 'ended', endCause: 'pbx-stopped' },
    });
    expect(emitted.at(-1)).toMatchObject({ name: 'pbx.status', payload: { state: 'restarting' } });
  });

  it('writes calls down, with their traces', async () => {
    const startedAtMs = clock.wallMs();
    const call = callSummary({ callId: 'c1', startedAtMs });
    pbx.say({ type: 'call', call });
    pbx.say({ type: 'trace', callId: 'c1', entry: { atMs: 0, type: 'node-entered', flowId: 'main', nodeId: 'hello' } });
    pbx.say({ type: 'trace', callId: 'c1', entry: { atMs: 5, type: 'outcome', nodeId: 'hello', output: 'next' } });
    pbx.say({ type: 'call', call: { ...call, phase: 'ended', endedAtMs: startedAtMs + 5, endCause: 'normal' } });
    await Promise.resolve();
    clock.advance(WRITE_AFTER_MS);
    expect(emitted.at(-1)).toEqual({ name: 'callLog.changed', payload: {} });
    expect(await ask('callLog.list', { filter: { flowId: 'main' }, limit: 10 })).toMatchObject({
      calls: [{ callId: 'c1', endedMs: startedAtMs + 5, outcome: 'menu' }],
      total: 1,
    });
    expect(await ask('callLog.get', { callId: 'c1' })).toMatchObject({ trace: [{ nodeId: 'hello' }, {}] });
    await expect(ask('callLog.get', { callId: 'c2' })).rejects.toMatchObject({ code: 'calls/unknown' });
    expect(await ask('callLog.counts', { flowId: 'main', sinceMs: startedAtMs })).toEqual({
      wires: [{ nodeId: 'hello', output: 'next', count: 1 }],
      drops: [],
    });
    expect(await ask('callLog.csv', { filter: {} })).toMatchObject({ csv: expect.stringContaining(',c1\r\n') });
  });

  it('renders speech for a window to hear', async () => {
    const source = { kind: 'text', text: 'Hello', language: 'en' };
    const { wavBase64, durationMs } = (await ask('speech.render', { source })) as {
      wavBase64: string;
      durationMs: number;
    };
    expect(Buffer.from(wavBase64, 'base64').toString('latin1', 0, 4)).toBe('RIFF');
    expect(durationMs).toBeGreaterThan(200);
    await expect(ask('speech.render', { source: { ...source, text: '' } })).rejects.toMatchObject({
      code: 'speech/empty',
    });
  });
});

describe('call backs', () => {
  const wish = { number: '+48600100200', name: '', queueId: 'sales', queue: 'Sales' };

  it('are kept before the caller hears of it, told to the windows, and taken out when done', async () => {
    backend.start();
    pbx.say({ type: 'keep-callback', requestId: 'r', wish });
    const answer = await eventually('an answer', () => pbx.commands.find(({ type }) => type === 'callback-kept'));
    expect(answer).toMatchObject({ type: 'callback-kept', requestId: 'r', callback: wish });
    const listed = await dispatchCall(backend.handlers, 'callbacks.list', {}, 'w');
    expect(listed).toMatchObject({ ok: true, output: [wish] });
    expect(emitted.findLast(({ name }) => name === 'callbacks.changed')?.payload).toMatchObject([wish]);
    const [{ id } = { id: '' }] = listed.ok ? (listed.output as { id: string }[]) : [];
    expect(await dispatchCall(backend.handlers, 'callbacks.done', { id }, 'w')).toEqual({ ok: true, output: {} });
    expect(emitted.findLast(({ name }) => name === 'callbacks.changed')?.payload).toEqual([]);
  });

  it('are told to the PBX, again after a crash; what it tried is kept, who was served is taken out', async () => {
    const wish = { number: '1', name: '', queueId: 'q', queue: 'Sales' };
    const told = () => {
      const command = pbx.commands.findLast(({ type }) => type === 'callbacks');
      return command?.type === 'callbacks' ? command.callbacks : undefined;
    };
    await eventually('the empty list', () => told()?.length === 0);
    pbx.say({ type: 'keep-callback', requestId: 'r', wish });
    await eventually('the wish', () => told()?.length === 1);
    const id = told()?.[0]?.id ?? '';
    const result = { attempts: 1, triedAtMs: 7, outcome: 'busy', failed: false } as const;
    pbx.say({ type: 'callback-tried', id, result });
    await eventually('the try', () => told()?.[0]?.tries !== undefined);
    pbx.crash();
    clock.advance(1000);
    await eventually('the list after the restart', () => told() !== undefined);
    expect(told()).toMatchObject([{ id, tries: result }]);
    pbx.say({ type: 'callback-tried', id, result: { served: 'reached' } });
    await eventually('the empty list', () => told()?.length === 0);
  });
});

describe('messages', () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const counts = () => {
    const command = pbx.commands.findLast(({ type }) => type === 'mailboxes');
    return command?.type === 'mailboxes' ? command.counts : undefined;
  };
  const told = (expected: object) =>
    eventually(JSON.stringify(expected), () => JSON.stringify(counts()) === JSON.stringify(expected));

  it('are counted for the PBX when they come, are heard and go, and after a crash', async () => {
    await told({});
    const directory = join(dataDir, 'voicemail');
    mkdirSync(directory, { recursive: true });
    const message = {
      id,
      mailbox: { kind: 'person', personId: 'ann' },
      caller: { number: '', name: '' },
      dialled: '100',
      callId: 'c',
      startedAtMs: 0,
      durationMs: 1000,
      heard: false,
    };
    writeFileSync(join(directory, `${id}.json`), JSON.stringify(message));
    writeFileSync(join(directory, `${id}.wav`), '');
    pbx.say({ type: 'voicemail', id });
    await told({ ann: { fresh: 1, heard: 0 } });
    await ask('voicemail.markHeard', { id, heard: true });
    await told({ ann: { fresh: 0, heard: 1 } });
    pbx.crash();
    clock.advance(1000);
    await told({ ann: { fresh: 0, heard: 1 } });
    await ask('voicemail.remove', { id });
    await told({});
  });
});

describe('the webhook of voicemail', () => {
  const id = '00000000-0000-4000-8000-000000000002';

  it('is told of a message that the PBX tells of, as the project says; so is a test', async () => {
    vi.stubEnv('DIALTREE_SECRET_VOICEMAIL', 'shh');
    const service = await startWebService((_request, response) => json(response, {}));
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await service.stop();
    });
    const { project, revision } = (await ask('project.current')) as { project: Project; revision: number };
    const voicemailWebhook = { url: `${service.origin}/new`, secretName: 'voicemail' };
    const changed = { ...project, settings: { ...project.settings, voicemailWebhook } };
    await ask('project.save', { project: changed, baseRevision: revision });
    const directory = join(dataDir, 'voicemail');
    mkdirSync(directory, { recursive: true });
    const message = {
      id,
      mailbox: { kind: 'general' },
      caller: { number: '600', name: '' },
      dialled: '100',
      callId: 'c',
      startedAtMs: 0,
      durationMs: 1000,
      heard: false,
    };
    writeFileSync(join(directory, `${id}.json`), JSON.stringify(message));
    writeFileSync(join(directory, `${id}.wav`), '');
    pbx.say({ type: 'voicemail', id });
    await eventually('the request', () => service.asked.length === 1);
    expect(JSON.parse(service.asked[0]?.body ?? '')).toMatchObject({
      event: 'voicemail.new',
      id,
      caller: { number: '600' },
    });
    await eventually('the state', () =>
      emitted.some(({ name, payload }) => name === 'webhook.state' && (payload as WebhookState).toldAtMs !== null),
    );
    expect(await ask('webhook.state')).toMatchObject({ waiting: 0, error: null });
    expect(await ask('webhook.test')).toEqual({});
    expect(service.asked).toHaveLength(2);
  });
});

describe('recordings', () => {
  it('are started by a window where the queue allows it; windows are told when one is complete', async () => {
    const recording = { mode: 'on-request', state: 'off', sinceMs: 0, recordedMs: 0, error: null } as const;
    pbx.say({ type: 'call', call: callSummary({ callId: 'c1', phase: 'talking', recording }) });
    pbx.say({ type: 'call', call: callSummary({ callId: 'c2', phase: 'talking' }) });
    await eventually('the calls', () => emitted.filter(({ name }) => name === 'call.changed').length === 2);
    await ask('calls.record', { callId: 'c1', action: 'start' });
    expect(pbx.commands.at(-1)).toEqual({ type: 'record', callId: 'c1', action: 'start' });
    await expect(ask('calls.record', { callId: 'c2', action: 'start' })).rejects.toMatchObject({
      code: 'recording/not-allowed',
    });
    await expect(ask('calls.record', { callId: 'c1', action: 'erase' })).rejects.toMatchObject({
      code: 'bridge/bad-input',
    });
    pbx.say({ type: 'recording', callId: 'c1', id: 'c1' });
    await eventually('the event', () => emitted.some(({ name }) => name === 'recordings.changed'));
    expect(emitted).toContainEqual({ name: 'recordings.changed', payload: { callId: 'c1' } });
  });

  it('go when the days of the project are over, by the clock', async () => {
    const { revision, project } = (await ask('project.current')) as { revision: number; project: Project };
    project.settings.recording = { keepDays: 1 };
    await ask('project.save', { project, baseRevision: revision });
    const id = '00000000-0000-4000-8000-000000000001';
    const directory = join(dataDir, 'recordings');
    mkdirSync(directory, { recursive: true });
    const entry = {
      id,
      callId: id,
      projectId: project.id,
      queueId: 'help',
      personId: null,
      caller: { number: '', name: '' },
      startedAtMs: clock.wallMs(),
      durationMs: 1000,
      sampleRate: 8000,
      pauses: [],
      endedBy: 'end',
    };
    writeFileSync(join(directory, `${id}.json`), JSON.stringify(entry));
    writeFileSync(join(directory, `${id}.wav`), Buffer.alloc(44 + 32_000));
    const audio = (await ask('recordings.audio', { id, from: 44 })) as { base64: string; totalBytes: number };
    expect(audio.totalBytes).toBe(32_044);
    expect(Buffer.from(audio.base64, 'base64')).toHaveLength(32_000);
    const isThere = async () => {
      const { recordings } = (await ask('recordings.ofCall', { callId: id })) as { recordings: unknown[] };
      return recordings.length > 0;
    };
    clock.advance(23 * 3_600_000);
    expect(await isThere()).toBe(true);
    // Each look sets the next one when it is done.
    await expect
      .poll(async () => {
        clock.advance(3_600_000);
        return isThere();
      })
      .toBe(false);
    expect(emitted).toContainEqual({ name: 'recordings.changed', payload: { callId: id } });
  });
});

describe('voices of this machine', () => {
  it('are looked for in a folder that a window chose; prompts are rendered anew, windows told', async () => {
    await ask('pbx.deploy');
    const deployed = pbx.commands.filter(({ type }) => type === 'configure').length;
    expect(await ask('speech.setup')).toEqual({ settings: { piperFolder: null }, problem: null });
    const folder = tempDir();
    expect(await ask('speech.setUp', { piperFolder: folder })).toMatchObject({
      settings: { piperFolder: folder },
      problem: { code: 'speech/no-piper-voices' },
    });
    expect(emitted.some(({ name }) => name === 'speech.changed')).toBe(true);
    await eventually('it', () => pbx.commands.filter(({ type }) => type === 'configure').length > deployed);
    const voices = (await ask('speech.voices')) as { engine: string }[];
    expect(voices.some(({ engine }) => engine === 'embedded')).toBe(true);
  });
});

describe('what other programs write into the project', () => {
  it('is told to windows, which then load it', async () => {
    const opened = await backend.handlers['project.current']({}, 'w1');
    emitted = [];
    // The watch of the file needs a moment to be there; polling finds the change all the same.
    writeFileSync(join(opened.path, 'project.json'), printProject({ ...opened.project, name: 'By hand' }));
    await eventually('the notice', () => {
      clock.advance(POLL_MS);
      return emitted.some(({ name }) => name === 'project.noticed');
    });
    expect(emitted).toContainEqual({
      name: 'project.saved',
      payload: { revision: opened.revision + 1, windowId: null },
    });
    expect((await backend.handlers['project.current']({}, 'w1')).project.name).toBe('By hand');
    const path = join(opened.path, 'project.json');
    expect(await backend.handlers['project.notices']({}, 'w1')).toEqual([
      { code: 'project/changed-outside', params: { path } },
    ]);
    expect(await backend.handlers['project.notices']({}, 'w2')).toEqual([]);
  });
});
