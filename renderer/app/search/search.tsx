import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Picker } from '../../canvas/picker.tsx';
import { useStores } from '../../store/react.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import classes from './search.module.css';
import { searchItems } from './search-items.tsx';

const WIDTH_PX = 560;
const HEIGHT_PX = 460;
const TOP_PX = 96;
const MOST_SHOWN = 80;

type Open = 'palette' | 'replace' | null;

/** The command palette (Ctrl or Cmd with K) and find-and-replace (with H), from anywhere in the supervisor's window. */
export function Search() {
  const [open, setOpen] = useState<Open>(null);
  useEffect(() => {
    function handleKey(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const asked = event.key.toLowerCase() === 'k' ? 'palette' : event.key.toLowerCase() === 'h' ? 'replace' : null;
      if (asked === null) return;
      event.preventDefault();
      setOpen(asked);
    }
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, []);
  const close = () => setOpen(null);
  if (open === 'replace') return <ReplaceDialog onClose={close} />;
  return open === 'palette' ? <Palette onClose={close} onReplace={() => setOpen('replace')} /> : null;
}

function Palette({ onClose, onReplace }: { onClose: () => void; onReplace: () => void }) {
  const { t } = useTranslation();
  const stores = useStores();
  // As the project is when it opens: it does not change meanwhile by this person's hand.
  const items = useMemo(() => searchItems(stores, { replace: onReplace }, t), [stores, onReplace, t]);
  return (
    <div className={classes.overlay}>
      <Picker
        title={t('search.title')}
        items={items}
        at={{ x: Math.max(8, (window.innerWidth - WIDTH_PX) / 2), y: TOP_PX }}
        widthPx={Math.min(WIDTH_PX, window.innerWidth - 16)}
        maxHeightPx={HEIGHT_PX}
        limit={MOST_SHOWN}
        onPick={(id) => {
          onClose();
          items.find((item) => item.id === id)?.run();
        }}
        onClose={onClose}
      />
    </div>
  );
}
