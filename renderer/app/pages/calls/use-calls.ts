import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallFilter, CallPage } from '../../../../shared/bridge/calls.ts';
import { useStores } from '../../../store/react.tsx';
import { notifyFailure } from '../../../ui/notify.ts';

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;
/** What is typed or happens meanwhile is one question. */
const SETTLE_MS = 250;
const REFRESH_MS = 1000;

/**
 * The calls that fit a filter, as far down as was asked for. New ones come in by themselves; `changes` counts how
 * often the log has changed.
 */
export function useCalls(filter: CallFilter) {
  const { bridge, clock } = useStores();
  const [page, setPage] = useState<CallPage | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [changes, setChanges] = useState(0);
  const shown = useRef<CallPage | null>(null);
  /** Only the answer to the last question counts. */
  const asked = useRef(0);

  const ask = useCallback(
    async (cursor: string | undefined, limit: number, take: (answer: CallPage) => CallPage) => {
      const question = ++asked.current;
      setLoading(true);
      try {
        const input = cursor === undefined ? { filter, limit } : { filter, limit, cursor };
        const answer = await bridge.call('callLog.list', input);
        if (question !== asked.current) return;
        shown.current = take(answer);
        setPage(shown.current);
      } catch (error) {
        if (question === asked.current) notifyFailure(error);
      }
      if (question === asked.current) setLoading(false);
    },
    [bridge, filter],
  );

  // The first question at once; what is typed after it, when it rests.
  useEffect(() => {
    const begin = () => void ask(undefined, PAGE_SIZE, (answer) => answer);
    if (shown.current !== null) return clock.after(SETTLE_MS, begin);
    begin();
    return undefined;
  }, [ask, clock]);

  useEffect(() => {
    let cancel: (() => void) | undefined;
    const unsubscribe = bridge.on('callLog.changed', () => {
      cancel ??= clock.after(REFRESH_MS, () => {
        cancel = undefined;
        setChanges((count) => count + 1);
        const limit = Math.min(MAX_PAGE_SIZE, Math.max(PAGE_SIZE, shown.current?.calls.length ?? 0));
        void ask(undefined, limit, (answer) => withOlder(answer, shown.current));
      });
    });
    return () => {
      unsubscribe();
      cancel?.();
    };
  }, [ask, bridge, clock]);

  const more = () => {
    const { current } = shown;
    if (current?.cursor == null) return;
    const { cursor, calls } = current;
    void ask(cursor, PAGE_SIZE, (answer) => ({ ...answer, calls: [...calls, ...answer.calls] }));
  };
  return { page, isLoading, changes, more };
}

/** The newest calls, and below them what was shown already and is older. */
function withOlder(newest: CallPage, before: CallPage | null): CallPage {
  const known = new Set(newest.calls.map(({ callId }) => callId));
  const last = newest.calls.at(-1);
  if (newest.cursor === null || !last || !before) return newest;
  const older = before.calls.filter(({ callId, startedMs }) => !known.has(callId) && startedMs <= last.startedMs);
  return older.length === 0 ? newest : { ...newest, calls: [...newest.calls, ...older], cursor: before.cursor };
}
