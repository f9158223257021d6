import type { Project } from '../../shared/flow/project.ts';

/** People for a list to choose from, by extension. */
export function peopleOptions(people: Project['people']): { value: string; label: string }[] {
  return Object.entries(people)
    .sort(([, one], [, other]) => one.extension.localeCompare(other.extension, 'en', { numeric: true }))
    .map(([value, person]) => ({ value, label: `${person.extension} · ${person.name}` }));
}
