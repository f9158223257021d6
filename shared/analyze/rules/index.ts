import { duplicateMember } from './duplicate-member.ts';
import { keyWaits } from './key-waits.ts';
import { longBeforeChoice } from './long-before-choice.ts';
import { loopWithoutInput } from './loop-without-input.ts';
import { menuWithoutPerson } from './menu-without-person.ts';
import { missingLanguage } from './missing-language.ts';
import { missingVoice } from './missing-voice.ts';
import { opening } from './opening.ts';
import { otherLanguage } from './other-language.ts';
import { promptIsName } from './prompt-is-name.ts';
import type { Rule } from './rule.ts';
import { secrets } from './secrets.ts';
import { spokenKey } from './spoken-key.ts';
import { toll } from './toll.ts';
import { tooDeep } from './too-deep.ts';
import { unreachableNode } from './unreachable-node.ts';
import { unused } from './unused.ts';

/** Every rule. A new one is a file with its codes in `codes.ts`, and a line here. */
export const RULES: readonly Rule[] = [
  duplicateMember,
  keyWaits,
  longBeforeChoice,
  loopWithoutInput,
  menuWithoutPerson,
  missingLanguage,
  missingVoice,
  opening,
  otherLanguage,
  promptIsName,
  secrets,
  spokenKey,
  toll,
  tooDeep,
  unreachableNode,
  unused,
];
