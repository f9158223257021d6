import { TextInput } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './picker.module.css';

/** One thing on offer. */
export interface PickerItem {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon: ReactNode;
}

interface PickerProps {
  readonly title: string;
  readonly items: readonly PickerItem[];
  /** Where its top left corner should be, in pixels of the canvas's box; it is moved to stay inside. */
  readonly at: { readonly x: number; readonly y: number };
  readonly widthPx?: number;
  readonly maxHeightPx?: number;
  /** At most so many of what matches are listed: typing narrows them down. */
  readonly limit?: number;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

const WIDTH_PX = 272;
const MAX_HEIGHT_PX = 340;

/** A searchable list that opens on the canvas: quick-add, and what a wire may lead to. ARIA combobox with a list. */
export function Picker({
  title,
  items,
  at,
  widthPx = WIDTH_PX,
  maxHeightPx = MAX_HEIGHT_PX,
  limit = Number.POSITIVE_INFINITY,
  onPick,
  onClose,
}: PickerProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const ref = useClickOutside<HTMLDivElement>(onClose);
  const activeRef = useRef<HTMLDivElement>(null);
  const found = useMemo(() => best(items, query, limit), [items, query, limit]);
  const current = found[Math.min(active, found.length - 1)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another item becomes the current one
  useEffect(() => {
    activeRef.current?.scrollIntoView?.({ block: 'nearest' });
  }, [current?.id]);

  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, Math.min(active, found.length - 1) - 1));
    else if (event.key === 'Enter') current && onPick(current.id);
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const parent = ref.current?.offsetParent;
  const left = clamp(at.x, parent ? parent.clientWidth - widthPx - 8 : at.x);
  const top = clamp(at.y, parent ? parent.clientHeight - maxHeightPx - 8 : at.y);
  // The first drawing does not know its parent yet; one more puts it in its place.
  const [, settle] = useState(false);
  useEffect(() => settle(true), []);

  return (
    <div
      ref={ref}
      className={`${classes.picker} nodrag nowheel nopan`}
      style={{ left, top, width: widthPx, maxHeight: maxHeightPx }}
      data-own-undo
      role="dialog"
      aria-label={title}
    >
      <TextInput
        data-autofocus
        ref={(input) => input?.focus({ preventScroll: true })}
        aria-label={title}
        placeholder={title}
        leftSection={<Search size={14} aria-hidden />}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={handleKey}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
        aria-autocomplete="list"
      />
      <div className={classes.list} id={listId} role="listbox" aria-label={title}>
        {found.map((item, index) => (
          <div key={item.id}>
            {item.group === found[index - 1]?.group ? null : (
              <div className={classes.group} role="presentation">
                {item.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is handled by the combobox above */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, by aria-activedescendant */}
            <div
              ref={item === current ? activeRef : undefined}
              id={`${listId}-${item.id}`}
              role="option"
              aria-selected={item === current}
              className={classes.item}
              onClick={() => onPick(item.id)}
              onPointerMove={() => setActive(index)}
            >
              {item.icon}
              <span className={classes.itemText}>
                <span className={classes.itemLabel}>{item.label}</span>
                {item.detail === undefined ? null : <span className={classes.itemDetail}>{item.detail}</span>}
              </span>
            </div>
          </div>
        ))}
        {found.length === 0 ? <div className={classes.empty}>{t('canvas.nothingFound')}</div> : null}
      </div>
    </div>
  );
}

/**
 * What matches, at most `limit`, in the order of the items' groups: those whose label begins so before others of their
 * group, and without a query as they come.
 */
export function best(items: readonly PickerItem[], query: string, limit: number): PickerItem[] {
  const found = items.filter((item) => matches(item, query));
  if (query.trim() === '' || !Number.isFinite(limit)) return found.slice(0, limit);
  const wanted = query.trim().toLocaleLowerCase();
  const rank = ({ label }: PickerItem) => {
    const text = label.toLocaleLowerCase();
    return text.startsWith(wanted) ? 0 : text.includes(wanted) ? 1 : 2;
  };
  const kept = found.map((item) => ({ item, rank: rank(item) })).sort((one, other) => one.rank - other.rank);
  const byGroup = Map.groupBy(kept.slice(0, limit), ({ item }) => item.group);
  return [...byGroup.values()].flat().map(({ item }) => item);
}

/** Every word of the query begins or is in some word of the item. */
export function matches(item: Pick<PickerItem, 'label' | 'detail' | 'group'>, query: string): boolean {
  const text = `${item.label} ${item.detail ?? ''} ${item.group}`.toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function clamp(value: number, max: number): number {
  return Math.max(8, Math.min(value, max));
}
