import type { DatabaseSync } from 'node:sqlite';
import type { CallNote } from '../../../shared/bridge/calls.ts';
import type { CallSummary } from '../../../shared/bridge/pbx.ts';
import type { TraceEntry } from '../../../shared/engine/events.ts';
import type { CancelTimer, Clock } from '../../../shared/lib/clock.ts';
import { DialtreeError, toErrorDetail } from '../../../shared/lib/errors.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { unknownCall } from './call-queries.ts';
import { type TrackedCall, takeSummary } from './call-record.ts';
import { isDamaged, openTables, setAside } from './call-tables.ts';
import { CallWriter, type MissedRing } from './call-writer.ts';

/** The longest that what happened waits to be written. */
export const WRITE_AFTER_MS = 500;
const DAY_MS = 86_400_000;
/** Ended calls that wait while the disk cannot be written; more would fill the memory. */
const MAX_WAITING = 5000;

export interface CallLogOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Calls that began longer ago are removed at the start. */
  readonly keepDays?: number;
  /** What the log holds has changed. */
  readonly onChanged?: () => void;
}

/** A record of every call with its trace: the live ones in memory, all of them in a database. */
export class CallLog {
  readonly #options: CallLogOptions;
  /** Live calls, and ended ones until they are written. */
  readonly #calls = new Map<string, TrackedCall>();
  readonly #unwritten = new Set<string>();
  #path: string | undefined;
  #db: DatabaseSync | undefined;
  #writer: CallWriter | undefined;
  #cancelWrite: CancelTimer | undefined;

  constructor(options: CallLogOptions) {
    this.#options = options;
  }

  /**
   * Opens the database. A damaged one is set aside and a new one begun; calls that an earlier run left unfinished end
   * as interrupted.
   * @throws DialtreeError `calls/not-opened` or `calls/newer-version`; live calls are known all the same.
   */
  open(path: string): void {
    this.#path = path;
    try {
      this.#begin(path);
    } catch (error) {
      this.#shut();
      if (!isDamaged(error)) throw notOpened(path, error);
      this.#beginAnew(path);
    }
    if (this.#unwritten.size > 0) this.#schedule();
  }

  /** Takes a call's new state. */
  takeCall(summary: CallSummary): void {
    const call = takeSummary(this.#calls.get(summary.callId), summary, this.#options.clock.wallMs());
    this.#calls.set(summary.callId, call);
    this.#note(summary.callId);
  }

  /** Takes a trace entry of a call; one of an unknown call is dropped. */
  takeTrace(callId: string, entry: TraceEntry): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    call.trace.push(entry);
    this.#note(callId);
  }

  /**
   * Ends every live call, after the PBX that carried them is gone.
   * @returns The calls that were ended so.
   */
  endAll(endedAtMs: number, endCause: string): CallSummary[] {
    const ended = this.active().map((call): CallSummary => ({ ...call, phase: 'ended', endedAtMs, endCause }));
    for (const call of ended) this.takeCall(call);
    return ended;
  }

  /** The calls that last. */
  active(): CallSummary[] {
    return [...this.#calls.values()].map((call) => call.summary).filter((call) => call.phase !== 'ended');
  }

  /** A call's trace so far; empty for an unknown call. */
  trace(callId: string): readonly TraceEntry[] {
    const live = this.#calls.get(callId);
    if (live || !this.#db) return live?.trace ?? [];
    const row = this.#db.prepare('SELECT entries FROM traces JOIN calls ON seq = call_seq WHERE id = ?').get(callId);
    return row ? (JSON.parse(String(row.entries)) as TraceEntry[]) : [];
  }

  /** Writes what a call was about. @throws DialtreeError `calls/not-opened` or `calls/unknown` */
  note(callId: string, note: CallNote): void {
    this.read();
    if (this.#writer?.note(callId, note) !== true) throw unknownCall(callId);
    this.#options.onChanged?.();
  }

  /** Takes how long the wrap-up after a call was. */
  takeWrapUp(callId: string, durationMs: number): void {
    this.#writeBeside((writer) => writer.wrapUp(callId, durationMs));
  }

  /** Takes that a member's phone rang for a queue in vain. */
  takeMissed(ring: Omit<MissedRing, 'atMs'>): void {
    this.#writeBeside((writer) => writer.missed({ ...ring, atMs: this.#options.clock.wallMs() }));
  }

  /** The database with everything written, to be read. @throws DialtreeError `calls/not-opened` */
  read(): DatabaseSync {
    this.flush();
    if (!this.#db) throw notOpened(this.#path ?? '', undefined);
    return this.#db;
  }

  /** Writes what waits. What cannot be written is logged and tried again with the next change. */
  flush(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    if (this.#unwritten.size === 0 || !this.#writer) return;
    try {
      this.#write(this.#writer);
    } catch (error) {
      this.#logFailure('calls.not-written', error);
      if (!isDamaged(error) || !this.#rescue()) {
        this.#dropOldest();
        return;
      }
    }
    this.#options.onChanged?.();
  }

  /** Writes what waits and closes the database. */
  close(): void {
    this.flush();
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    this.#shut();
  }

  /** Writes one small thing beside the calls; without it they are still whole. */
  #writeBeside(work: (writer: CallWriter) => void): void {
    this.flush();
    if (!this.#writer) return;
    try {
      work(this.#writer);
      this.#options.onChanged?.();
    } catch (error) {
      this.#logFailure('calls.not-written', error);
    }
  }

  #begin(path: string): void {
    const { clock, logger, keepDays = 365 } = this.#options;
    this.#db = openTables(path);
    const writer = new CallWriter(this.#db);
    writer.inOne(() => {
      const interrupted = writer.endUnfinished();
      if (interrupted > 0) logger.log('warn', 'calls.interrupted', { count: interrupted });
      writer.forgetBefore(clock.wallMs() - keepDays * DAY_MS);
    });
    this.#writer = writer;
  }

  #beginAnew(path: string): void {
    try {
      const aside = setAside(path, this.#options.clock.wallMs());
      this.#options.logger.log('error', 'calls.damaged', { path, aside });
      this.#begin(path);
    } catch (error) {
      this.#shut();
      throw notOpened(path, error);
    }
  }

  /** The database turned out to be damaged while it was written: a new one takes what waits. */
  #rescue(): boolean {
    this.#shut();
    try {
      this.#beginAnew(this.#path ?? '');
      if (this.#writer) this.#write(this.#writer);
      return true;
    } catch (error) {
      this.#logFailure('calls.not-written', error);
      return false;
    }
  }

  #write(writer: CallWriter): void {
    writer.inOne(() => {
      for (const callId of this.#unwritten) {
        const call = this.#calls.get(callId);
        if (!call) continue;
        writer.keep(call.record, call.trace);
        if (call.record.endedMs !== null) writer.count(call.record, call.trace);
      }
    });
    for (const callId of this.#unwritten) {
      if (this.#calls.get(callId)?.record.endedMs !== null) this.#calls.delete(callId);
    }
    this.#unwritten.clear();
  }

  #note(callId: string): void {
    this.#unwritten.add(callId);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#db) this.#cancelWrite ??= this.#options.clock.after(WRITE_AFTER_MS, () => this.flush());
    else this.#dropOldest();
  }

  #dropOldest(): void {
    for (const [callId, call] of this.#calls) {
      if (this.#calls.size <= MAX_WAITING) return;
      if (call.record.endedMs === null) continue;
      this.#calls.delete(callId);
      this.#unwritten.delete(callId);
    }
  }

  #shut(): void {
    this.#writer = undefined;
    this.#db?.close();
    this.#db = undefined;
  }

  #logFailure(event: string, error: unknown): void {
    const { code, message } = toErrorDetail(error);
    this.#options.logger.log('error', event, { code, message });
  }
}

function notOpened(path: string, cause: unknown): DialtreeError {
  if (cause instanceof DialtreeError) return cause;
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  const message = `The log of calls cannot be used${reason}: ${path}`;
  const hint = 'Calls go on without it. See that the folder can be written and that the disk has room.';
  return new DialtreeError({ code: 'calls/not-opened', message, hint, params: { path } }, { cause });
}
