import {
  CircleDot,
  CircleX,
  CloudCheck,
  CloudOff,
  type LucideIcon,
  Monitor,
  ShieldX,
  TriangleAlert,
} from 'lucide-react';
import type { RemoteStatus } from '../../shared/bridge/sync.ts';

export const STATUS_ICONS = {
  off: Monitor,
  synced: CloudCheck,
  waiting: CircleDot,
  offline: CloudOff,
  conflict: TriangleAlert,
  'sign-in': ShieldX,
  blocked: CircleX,
} as const satisfies Record<RemoteStatus, LucideIcon>;
