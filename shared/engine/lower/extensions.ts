import type { PersonId } from '../../flow/ids.ts';
import type { ExtensionChoice } from '../../flow/nodes/extension.ts';
import type { Project } from '../../flow/project.ts';
import { sortedEntries } from '../../lib/record.ts';
import type { GatherOp } from '../program.ts';
import type { Reporter } from './diagnostics.ts';
import type { NodeScope } from './scope.ts';

export interface Extension {
  readonly digits: string;
  readonly personId: PersonId;
}

/** Everyone's extension in the order of digits. Of two people with the same one, the smaller id has it (LW8). */
export function extensionsOf(project: Project, reporter: Reporter): readonly Extension[] {
  const byDigits = new Map<string, Extension>();
  for (const [personId, { extension, name }] of sortedEntries(project.people)) {
    const first = byDigits.get(extension);
    if (!first) {
      byDigits.set(extension, { digits: extension, personId });
      continue;
    }
    const other = project.people[first.personId]?.name ?? '';
    const message = `${other} and ${name} share the extension ${extension}: whoever dials it reaches ${other}.`;
    reporter.report('flow/duplicate-extension', message, { extension, person: name, other });
  }
  return [...byDigits.values()].sort((a, b) => (a.digits < b.digits ? -1 : 1));
}

/** What entering one of the chosen people's extensions does: they are rung, each for so many rings. */
export function extensionMatches(who: ExtensionChoice, scope: NodeScope, rings: number): GatherOp['matches'] {
  const allowed = who.kind === 'people' ? new Set(scope.people(who.people)) : null;
  const ringMs = scope.ringMs(rings);
  return scope.shared.extensions
    .filter(({ personId }) => allowed === null || allowed.has(personId))
    .map(({ digits, personId }) => ({ digits, action: { kind: 'dial', personId, ringMs } }));
}
