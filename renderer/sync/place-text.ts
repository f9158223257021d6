import type { TFunction } from 'i18next';
import type { SyncConflict } from '../../shared/bridge/sync.ts';
import type { Project } from '../../shared/flow/project.ts';
import { lookup } from '../../shared/lib/record.ts';
import { fieldsEn } from '../i18n/fields-en.ts';

const COLLECTIONS = [
  'numbers',
  'people',
  'queues',
  'prompts',
  'schedules',
  'flows',
  'variables',
  'nodes',
  'tests',
] as const;
type Collection = (typeof COLLECTIONS)[number];

const isCollection = (member: string | undefined): member is Collection =>
  (COLLECTIONS as readonly (string | undefined)[]).includes(member);

/** Where a conflict is, as a person would say it: `Flow “Main menu” › Node “Welcome” › what callers hear`. */
export function placeText({ path, ours, theirs }: SyncConflict, project: Project, t: TFunction): string {
  const crumbs: string[] = [];
  let at: unknown = project;
  let used = 0;
  for (let kind = path[used]; isCollection(kind); kind = path[used]) {
    const id = path[used + 1];
    if (id === undefined) break;
    at = memberOf(memberOf(at, kind), id);
    used += 2;
    // What was removed here is still in the value of the other side.
    const name = nameOf(at) ?? (used === path.length ? (nameOf(parsed(ours)) ?? nameOf(parsed(theirs))) : undefined);
    crumbs.push(t('remote.thing', { kind: t(`remote.collection.${kind}`), name: name ?? id }));
  }
  if (crumbs.length === 0) crumbs.push(t('remote.wholeProject'));
  return [...crumbs, ...fieldTexts(path.slice(used), t)].join(' › ');
}

const isField = (member: string): member is keyof typeof fieldsEn => Object.hasOwn(fieldsEn, member);

/** Members as forms would call them. What a node is about lies in `data`, which says nothing to people. */
function fieldTexts(members: readonly string[], t: TFunction): readonly string[] {
  const told = members[0] === 'data' ? members.slice(1) : members;
  return told.map((member) => (isField(member) ? t(`fields.${member}`) : member));
}

/** A side's value in text for people; null where that side has nothing. */
export function valueText(text: string | null): string | null {
  const value = parsed(text);
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function parsed(text: string | null): unknown {
  return text === null ? undefined : (JSON.parse(text) as unknown);
}

function memberOf(at: unknown, member: string): unknown {
  return typeof at === 'object' && at !== null ? lookup(at as Readonly<Record<string, unknown>>, member) : undefined;
}

function nameOf(thing: unknown): string | undefined {
  for (const member of ['name', 'number']) {
    const name = memberOf(thing, member);
    if (typeof name === 'string' && name !== '') return name;
  }
  return undefined;
}
