import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { DeskService, type OperatorCommand } from '../../../../electron/services/desk/desk-service.ts';
import { OperatorFile } from '../../../../electron/services/desk/operator-file.ts';
import type { ChosenState, OperatorState } from '../../../../shared/bridge/desk.ts';
import { ManualClock } from '../../../../shared/lib/clock.ts';
import { silentLogger } from '../../../../shared/lib/logger.ts';
import { operatorState } from '../../../support/fake-bridge.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const LUNCH: ChosenState = { kind: 'paused', reason: 'Lunch' };

let clock: ManualClock;
let dir: string;
let sent: OperatorCommand[];
let wrappedUp: string[];
let told: OperatorState[][];
let running: boolean;

function open(): DeskService {
  const desk = new DeskService({
    clock,
    file: new OperatorFile(join(dir, 'data', 'operators.json'), silentLogger),
    send: (command) => {
      if (running) sent.push(command);
      return running;
    },
    onChanged: (operators) => told.push(operators),
    onWrappedUp: ({ callId }) => wrappedUp.push(callId),
  });
  desk.open();
  return desk;
}

beforeEach(() => {
  clock = new ManualClock();
  dir = tempDir();
  sent = [];
  told = [];
  wrappedUp = [];
  running = true;
});

test('what is chosen goes to the PBX, and is kept though it goes before it says so', async () => {
  const desk = open();
  desk.handleOperator(operatorState('ann', { activity: 'on-call' }));
  desk.setState('ann', LUNCH);
  desk.setQueue('ann', 'sales', false);
  expect(sent.map(({ type }) => type)).toEqual(['operator-state', 'operator-queue']);
  running = false;
  desk.handlePbxGone();
  expect(told.at(-1)).toMatchObject([{ chosen: LUNCH, next: null, activity: 'idle', hasPhone: false }]);
  await desk.close();

  running = true;
  open().handlePbxStarted();
  expect(sent.at(-1)).toMatchObject({ type: 'operators', records: { ann: { chosen: LUNCH, outOf: ['sales'] } } });
});

test('while the PBX is away a choice holds at once and windows are told', () => {
  running = false;
  const desk = open();
  desk.setState('bob', LUNCH);
  desk.setQueue('bob', 'sales', false);
  expect(desk.operators).toMatchObject([{ personId: 'bob', chosen: LUNCH, next: null, outOf: ['sales'] }]);
  expect(told).toHaveLength(2);
  desk.setQueue('bob', 'sales', true);
  expect(desk.operators).toMatchObject([{ outOf: [] }]);
});

test('a wrap-up that is over is told once', () => {
  const desk = open();
  const wrapUp = { queueId: 'q', callId: 'c1', sinceMs: 1, endsAtMs: 5 };
  desk.handleOperator(operatorState('ann', { wrapUp }));
  desk.handleOperator(operatorState('ann', { wrapUp: { ...wrapUp, endsAtMs: 9 } }));
  expect(wrappedUp).toEqual([]);
  desk.handleOperator(operatorState('ann'));
  desk.handleOperator(operatorState('ann', { outOf: ['q'] }));
  expect(wrappedUp).toEqual(['c1']);
});

test('a file that cannot be read is set aside', async () => {
  running = false;
  const first = open();
  first.setState('bob', LUNCH);
  await first.close();
  writeFileSync(join(dir, 'data', 'operators.json'), '{ "bob": ');
  const desk = open();
  expect(desk.operators).toEqual([]);
  desk.setState('ann', LUNCH);
  await desk.close();
  expect(readdirSync(join(dir, 'data')).sort()).toEqual(['operators.json', expect.stringContaining('damaged')]);
});
