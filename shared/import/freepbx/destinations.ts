import { ExternalNumberSchema, withoutPunctuation } from '../../flow/external-number.ts';
import type { NodeId } from '../../flow/ids.ts';
import { scheduleOf } from '../asterisk/times.ts';
import { spoken } from '../flow-draft.ts';
import { ringsFor } from '../text.ts';
import { rowWith } from './tables.ts';
import type { FreepbxTranslator } from './translator.ts';

type Translate = (number: string, walk: FreepbxTranslator, exten: string) => NodeId | undefined;

/** Destinations by their contexts; `number` is what tells them apart. */
const TRANSLATIONS: readonly (readonly [RegExp, Translate])[] = [
  [/^ext-queues,(\d+),/, queue],
  [/^(?:from-did-direct|from-internal|ext-local|ext-findmefollow),(?:FM)?(\d{2,8}),/, person],
  [/^ext-local,vm[busi](\d{2,8}),/, voicemail],
  [/^ext-group,(\d+),/, ringGroup],
  [/^app-announcement-(\d+),/, announcement],
  [/^timeconditions,(\d+),/, timeCondition],
  [/^ext-miscdests,(\d+),/, miscDestination],
  [/^app-blackhole,(hangup|busy|congestion),/, ended],
];

/** The node of a destination that is no IVR; a grey box where it has no translation. */
export function destinationNode(destination: string, walk: FreepbxTranslator): NodeId {
  for (const [pattern, translate] of TRANSLATIONS) {
    const [, number] = pattern.exec(destination) ?? [];
    const nodeId = number === undefined ? undefined : translate(number, walk, destination);
    if (nodeId !== undefined) return nodeId;
  }
  const [context = destination] = destination.split(',');
  return walk.flow.keep({ source: 'freepbx', kind: context, name: context, original: destination, ways: [] });
}

function queue(number: string, walk: FreepbxTranslator): NodeId {
  const row = rowWith(walk.tables, 'queues_config', 'extension', number);
  const name = row?.descr?.trim() || `Queue ${number}`;
  const maxWait = Number(row?.maxwait) > 0 ? { maxWaitMs: Math.min(7_200_000, Number(row?.maxwait) * 1000) } : {};
  const nodeId = walk.flow.add('queue', name, { queueId: walk.flow.draft.queueNamed(name), ...maxWait });
  walk.later(() => {
    const to = walk.node(row?.dest);
    for (const output of ['timeout', 'full', 'join-empty', 'leave-empty']) walk.flow.connect(nodeId, output, to);
  });
  return nodeId;
}

function personId(extension: string, walk: FreepbxTranslator): string {
  return walk.flow.draft.personWith(extension, rowWith(walk.tables, 'users', 'extension', extension)?.name);
}

function person(extension: string, walk: FreepbxTranslator): NodeId {
  const id = personId(extension, walk);
  const name = walk.flow.draft.project.people[id]?.name ?? extension;
  return walk.flow.add('employee', name, { people: [id] });
}

function voicemail(extension: string, walk: FreepbxTranslator): NodeId {
  const id = personId(extension, walk);
  return walk.flow.add('voicemail', '', { mailbox: { kind: 'person', personId: id } });
}

/** People who ring together or in turn; numbers outside (`5551234#`) have no place among them. */
function ringGroup(number: string, walk: FreepbxTranslator): NodeId | undefined {
  const row = rowWith(walk.tables, 'ringgroups', 'grpnum', number);
  const members = (row?.grplist ?? '').split('-').filter((member) => member !== '');
  const inside = members.filter((member) => /^[0-9]{2,8}$/.test(member));
  if (!row || inside.length === 0) return undefined;
  const name = row.description?.trim() || `Ring group ${number}`;
  const nodeId = walk.flow.add('employee', name, {
    people: [...new Set(inside.map((extension) => personId(extension, walk)))],
    mode: /^ringall/.test(row.strategy ?? '') ? 'all' : 'in-order',
    rings: ringsFor(Number(row.grptime) || 20, walk.flow.draft.project.settings.ringMs),
  });
  if (inside.length < members.length) {
    const left = members.filter((member) => !inside.includes(member)).join(', ');
    walk.flow.note('option-left-out', { option: `${name}: ${left}` }, nodeId);
  }
  walk.later(() => {
    for (const output of ['no-answer', 'busy', 'unavailable'])
      walk.flow.connect(nodeId, output, walk.node(row.postdest));
  });
  return nodeId;
}

function announcement(id: string, walk: FreepbxTranslator): NodeId | undefined {
  const row = rowWith(walk.tables, 'announcement', 'announcement_id', id);
  if (!row) return undefined;
  const nodeId = walk.flow.add('say', row.description ?? '', {
    prompt: walk.recording(row.recording_id) ?? spoken(row.description ?? ''),
    skippable: row.allow_skip === '1',
  });
  walk.later(() => walk.flow.connect(nodeId, 'next', walk.node(row.post_dest)));
  return nodeId;
}

/** A time condition with its time group; open where it is true. */
function timeCondition(id: string, walk: FreepbxTranslator): NodeId | undefined {
  const row = rowWith(walk.tables, 'timeconditions', 'timeconditions_id', id);
  const lines = (walk.tables.get('timegroups_details') ?? []).filter((line) => line.timegroupid === row?.time);
  const { timeZone } = walk.flow.draft.project.settings;
  const times = lines.map((line) => scheduleOf(line.time ?? '', timeZone));
  const known = times.flatMap((schedule) => schedule ?? []);
  if (!row || known.length === 0 || known.length < times.length) return undefined;
  const name = row.displayname?.trim() || `Time condition ${id}`;
  const scheduleId = walk.flow.draft.schedule({
    name,
    timeZone,
    weekly: known.flatMap(({ weekly }) => weekly),
    holidays: Object.assign({}, ...known.map(({ holidays }) => holidays)),
    override: 'auto',
  });
  const nodeId = walk.flow.add('schedule', name, { scheduleId });
  walk.later(() => {
    walk.flow.connect(nodeId, 'open', walk.node(row.truegoto));
    walk.flow.connect(nodeId, 'closed', walk.node(row.falsegoto));
  });
  return nodeId;
}

function miscDestination(id: string, walk: FreepbxTranslator): NodeId | undefined {
  const row = rowWith(walk.tables, 'miscdests', 'id', id);
  const number = withoutPunctuation(row?.destdial ?? '');
  if (!row || !/\d{3}/.test(number) || !ExternalNumberSchema.safeParse(number).success) return undefined;
  return walk.flow.add('external', row.description ?? '', { number });
}

const CAUSES = { hangup: 'normal', busy: 'busy', congestion: 'rejected' } as const;

function ended(how: string, walk: FreepbxTranslator): NodeId {
  return walk.flow.add('hang-up', '', { cause: CAUSES[how as keyof typeof CAUSES] });
}
