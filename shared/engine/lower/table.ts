import type { FlowNode, NodeOf, NodeType } from '../../flow/catalogue.ts';
import type { Op } from '../program.ts';
import { lowerCallback } from './callback.ts';
import { lowerCondition } from './condition.ts';
import { lowerConsent } from './consent.ts';
import { lowerDigits } from './digits.ts';
import { lowerEmployee } from './employee.ts';
import { lowerExit } from './exit.ts';
import { lowerExtension } from './extension.ts';
import { lowerExternal } from './external.ts';
import { lowerGoTo } from './go-to.ts';
import { lowerHangUp } from './hang-up.ts';
import { lowerImported } from './imported.ts';
import { lowerLanguage } from './language.ts';
import { lowerMenu } from './menu.ts';
import { lowerQueue } from './queue.ts';
import { lowerQueueState } from './queue-state.ts';
import { lowerRandom } from './random.ts';
import { lowerRequest } from './request.ts';
import { lowerReturn } from './return.ts';
import { lowerSay } from './say.ts';
import { lowerSchedule } from './schedule.ts';
import type { NodeScope } from './scope.ts';
import { lowerSetVariable } from './set-variable.ts';
import { lowerStart } from './start.ts';
import { lowerSubFlow } from './sub-flow.ts';
import { lowerVoicemail } from './voicemail.ts';

/** Makes a node's operation. Total: what the settings leave open or wrong gets a meaning and a diagnostic. */
export type Lower<Type extends NodeType> = (node: NodeOf<Type>, scope: NodeScope) => Op;

const table = {
  start: lowerStart,
  menu: lowerMenu,
  say: lowerSay,
  employee: lowerEmployee,
  extension: lowerExtension,
  queue: lowerQueue,
  schedule: lowerSchedule,
  random: lowerRandom,
  'sub-flow': lowerSubFlow,
  return: lowerReturn,
  'go-to': lowerGoTo,
  external: lowerExternal,
  consent: lowerConsent,
  language: lowerLanguage,
  callback: lowerCallback,
  condition: lowerCondition,
  digits: lowerDigits,
  'set-variable': lowerSetVariable,
  request: lowerRequest,
  'queue-state': lowerQueueState,
  voicemail: lowerVoicemail,
  imported: lowerImported,
  exit: lowerExit,
  'hang-up': lowerHangUp,
} satisfies { readonly [Type in NodeType]: Lower<Type> } satisfies Record<NodeType, unknown>;

/** The operation of a node of any type. */
export function lowerNode(node: FlowNode, scope: NodeScope): Op {
  return (table[node.type] as Lower<NodeType>)(node as NodeOf<NodeType>, scope);
}
