import type { DragEvent } from 'react';
import type { PersonId } from '../../../../shared/flow/ids.ts';

/** What is dragged is a person: from the list of people, or a member of a queue. */
const TYPE = 'application/x-dialtree-person';

export function startPersonDrag(event: DragEvent, personId: PersonId): void {
  event.dataTransfer.setData(TYPE, personId);
  event.dataTransfer.effectAllowed = 'copyMove';
}

export const isPersonDrag = (event: DragEvent): boolean => event.dataTransfer.types.includes(TYPE);

/** Empty for something else. */
export const draggedPerson = (event: DragEvent): PersonId => event.dataTransfer.getData(TYPE);
