import { useEffect } from 'react';
import { useStores } from '../../store/react.tsx';

/**
 * Undo, redo and save by keyboard, everywhere in the window, also while typing in a field of the document. A field
 * that is not of the document (a search, a number to dial) keeps its own undo under an element with `data-own-undo`.
 */
export function useAppShortcuts(): void {
  const { project, sync } = useStores();
  useEffect(() => {
    function handleKey(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const ownUndo = event.target instanceof Element && event.target.closest('[data-own-undo]') !== null;
      if (ownUndo && key !== 's') return;
      if (key === 'z' && event.shiftKey) project.redo();
      else if (key === 'z') project.undo();
      else if (key === 'y') project.redo();
      else if (key === 's') void sync.flush();
      else return;
      // The browser's own undo knows only the field, and would fight with ours over its text.
      event.preventDefault();
    }
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [project, sync]);
}
