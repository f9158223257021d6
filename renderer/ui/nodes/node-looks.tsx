import {
  CalendarClock,
  CirclePlay,
  CornerUpRight,
  Gauge,
  Globe,
  Hash,
  Hourglass,
  Import,
  Keyboard,
  Languages,
  ListTree,
  LogOut,
  type LucideIcon,
  MessageSquareText,
  PhoneForwarded,
  PhoneIncoming,
  PhoneOff,
  ShieldCheck,
  Shuffle,
  Split,
  Undo2,
  UserRound,
  Variable,
  Voicemail,
  Workflow,
} from 'lucide-react';
import type { NodeType } from '../../../shared/flow/catalogue.ts';
import classes from './node-looks.module.css';

/** Icon of each node type. Its accent is the token `--dt-kind-<type>`; kinds are never told apart by colour alone. */
export const NODE_ICONS = {
  start: CirclePlay,
  menu: ListTree,
  say: MessageSquareText,
  employee: UserRound,
  extension: Hash,
  queue: Hourglass,
  schedule: CalendarClock,
  random: Shuffle,
  'sub-flow': Workflow,
  return: Undo2,
  'go-to': CornerUpRight,
  external: PhoneForwarded,
  consent: ShieldCheck,
  language: Languages,
  callback: PhoneIncoming,
  condition: Split,
  digits: Keyboard,
  'set-variable': Variable,
  request: Globe,
  'queue-state': Gauge,
  voicemail: Voicemail,
  imported: Import,
  exit: LogOut,
  'hang-up': PhoneOff,
} as const satisfies Record<NodeType, LucideIcon>;

/** Node types that a person can add, in the groups and order of the palette. */
export const ADDABLE_GROUPS = {
  talk: ['menu', 'say', 'digits', 'language', 'consent'],
  connect: ['employee', 'extension', 'queue', 'callback', 'voicemail', 'external'],
  decide: ['schedule', 'condition', 'queue-state', 'random', 'set-variable', 'request'],
  goOn: ['go-to', 'sub-flow', 'return', 'exit', 'hang-up'],
} as const satisfies Record<string, readonly NodeType[]>;

export type AddableGroup = keyof typeof ADDABLE_GROUPS;
export const ADDABLE = Object.values(ADDABLE_GROUPS).flat();
export type AddableType = (typeof ADDABLE)[number];

/** The tinted tile with a node type's icon. */
export function KindTile({ type, size = 24 }: { type: NodeType; size?: number }) {
  const Icon = NODE_ICONS[type];
  return (
    <span className={classes.tile} data-kind={type} style={{ width: size, height: size }} aria-hidden>
      <Icon size={Math.round(size * 0.62)} strokeWidth={2} />
    </span>
  );
}
