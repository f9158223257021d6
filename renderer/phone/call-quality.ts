import type { CancelTimer, Clock } from '../../shared/lib/clock.ts';

/** How a call sounds, over the last moments. */
export interface CallQuality {
  /** Mean opinion score by the figures below, 1 to 4.5; null while they are not known. */
  readonly mos: number | null;
  /** The worst so far. */
  readonly worstMos: number | null;
  /** Of what the other side sends, over the last moments, 0 to 100. */
  readonly lossPercent: number;
  readonly jitterMs: number;
  /** There and back; null while it is not known. */
  readonly rttMs: number | null;
  /** As the browser calls it, e.g. `opus`. */
  readonly codec: string;
  /** For some seconds nothing at all has come from the other side. */
  readonly isOneWay: boolean;
}

/** Below it people are annoyed (Twilio, "Mean Opinion Score"). */
export const POOR_MOS = 3.5;
const GOOD_MOS = 4;
const EVERY_MS = 2000;
/** So many looks without a packet are no hiccup: 6 s. */
const ONE_WAY_LOOKS = 3;

/** `none`: nothing is known yet. */
export type QualityGrade = 'none' | 'good' | 'fair' | 'poor';

export function gradeOf({ mos }: Pick<CallQuality, 'mos'>): QualityGrade {
  if (mos === null) return 'none';
  if (mos >= GOOD_MOS) return 'good';
  return mos > POOR_MOS ? 'fair' : 'poor';
}

/**
 * Mean opinion score, 1 to 4.5, by Twilio's simplification of the E-model (ITU-T G.107).
 * @param lossPercent 0 to 100.
 */
export function mosOf(rttMs: number, jitterMs: number, lossPercent: number): number {
  const latency = rttMs + 2 * jitterMs + 10;
  let r = 0;
  if (latency < 160) r = 94.768 - latency / 40;
  else if (latency < 1000) r = 94.768 - (latency - 120) / 10;
  r = lossPercent <= r / 2.5 ? Math.max(r - 2.5 * lossPercent, 6.52) : 0;
  return 1 + 0.035 * r + 0.000007 * r * (r - 60) * (100 - r);
}

/** What one look at a connection's statistics tells (W3C, "Identifiers for WebRTC's Statistics API"). */
interface Look {
  readonly received: number;
  readonly lost: number;
  readonly jitterMs: number;
  readonly rttMs: number | null;
  readonly codec: string;
}

function look(stats: RTCStatsReport): Look | undefined {
  const reports = [...stats.values()] as Record<string, unknown>[];
  const inbound = reports.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
  if (inbound === undefined) return undefined;
  const remote = reports.find(({ type, kind }) => type === 'remote-inbound-rtp' && kind === 'audio');
  const pair = reports.find(({ type, nominated }) => type === 'candidate-pair' && nominated === true);
  const rttS = remote?.roundTripTime ?? pair?.currentRoundTripTime;
  const codec = stats.get(String(inbound.codecId)) as { mimeType?: string } | undefined;
  return {
    received: Number(inbound.packetsReceived ?? 0),
    lost: Math.max(0, Number(inbound.packetsLost ?? 0)),
    jitterMs: 1000 * Number(inbound.jitter ?? 0),
    rttMs: rttS === undefined ? null : 1000 * Number(rttS),
    codec: (codec?.mimeType ?? '').replace(/^audio\//, ''),
  };
}

interface QualityWatchOptions {
  readonly peer: Pick<RTCPeerConnection, 'getStats'>;
  readonly clock: Pick<Clock, 'after'>;
  /** Whether the other side should be heard now: not on hold. */
  readonly isListening: () => boolean;
  readonly onQuality: (quality: CallQuality) => void;
}

/** Looks at a connection every two seconds. @returns What ends it. */
export function watchQuality({ peer, clock, isListening, onQuality }: QualityWatchOptions): () => void {
  let isOver = false;
  let cancel: CancelTimer = () => {};
  let before: Look | undefined;
  let silentLooks = 0;
  let worstMos: number | null = null;
  const once = async (): Promise<void> => {
    const now = look(await peer.getStats());
    if (isOver) return;
    if (now !== undefined && before !== undefined) {
      const received = now.received - before.received;
      const lost = Math.max(0, now.lost - before.lost);
      const lossPercent = received + lost <= 0 ? 0 : (100 * lost) / (received + lost);
      silentLooks = received > 0 || !isListening() ? 0 : silentLooks + 1;
      const mos = now.rttMs === null || received <= 0 ? null : mosOf(now.rttMs, now.jitterMs, lossPercent);
      if (mos !== null) worstMos = Math.min(mos, worstMos ?? mos);
      const { jitterMs, rttMs, codec } = now;
      onQuality({ mos, worstMos, lossPercent, jitterMs, rttMs, codec, isOneWay: silentLooks >= ONE_WAY_LOOKS });
    }
    before = now;
  };
  const again = (): void => {
    cancel = clock.after(EVERY_MS, () => {
      // A connection that is closed meanwhile tells nothing more.
      void once()
        .catch(() => {})
        .finally(() => isOver || again());
    });
  };
  again();
  return () => {
    isOver = true;
    cancel();
  };
}
