import type { TFunction } from 'i18next';
import { type ChosenState, type OperatorState, type ShownState, shownState } from '../../shared/bridge/desk.ts';
import type { Reach } from '../../shared/bridge/reach.ts';

/** A state that can be chosen, in words. */
export function chosenText(chosen: ChosenState, t: TFunction): string {
  if (chosen.kind !== 'paused') return t(`desk.state.${chosen.kind}`);
  if (chosen.auto) return t('desk.paused', { reason: t('desk.didNotAnswer') });
  return chosen.reason === '' ? t('desk.state.paused') : t('desk.paused', { reason: chosen.reason });
}

/** What keeps calls from someone, in words; nothing where nothing does. */
export function reachText({ doNotDisturb, always }: Reach, t: TFunction): string | null {
  if (always !== '') return t('desk.reach.forwarded', { target: always });
  return doNotDisturb ? t('desk.reach.doNotDisturb') : null;
}

/** How someone stands, in words. */
export function stateText(operator: OperatorState, t: TFunction): string {
  const shown: ShownState = shownState(operator);
  return shown === 'paused' ? chosenText(operator.chosen, t) : t(`desk.state.${shown}`);
}
