import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { matches, Picker, type PickerItem } from '../../../renderer/canvas/picker.tsx';
import { parsePick } from '../../../renderer/canvas/use-picker-items.tsx';

const ITEMS: readonly PickerItem[] = [
  { id: 'new:menu', group: 'New', label: '+ Menu', detail: 'Says the choices', icon: null },
  { id: 'new:say', group: 'New', label: '+ Message', icon: null },
  { id: 'node:a', group: 'In this flow', label: 'Opening hours', detail: 'We are open', icon: null },
];

function open() {
  const onPick = vi.fn();
  const onClose = vi.fn();
  render(
    <MantineProvider env="test">
      <Picker title="Add a node" items={ITEMS} at={{ x: 10, y: 10 }} onPick={onPick} onClose={onClose} />
    </MantineProvider>,
  );
  return { onPick, onClose, user: userEvent.setup() };
}
const chosen = () => screen.getByRole('option', { selected: true }).textContent;

describe('picker', () => {
  it('takes the focus, and goes through the list by arrow keys', async () => {
    const { user, onPick } = open();
    expect(screen.getByRole('combobox')).toHaveFocus();
    expect(chosen()).toContain('+ Menu');
    await user.keyboard('{ArrowUp}{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(chosen()).toContain('Opening hours');
    await user.keyboard('{Enter}');
    expect(onPick).toHaveBeenCalledExactlyOnceWith('node:a');
  });

  it('finds by what is typed, and picks the first that is left', async () => {
    const { user, onPick } = open();
    await user.keyboard('mes');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.keyboard('{Enter}');
    expect(onPick).toHaveBeenCalledExactlyOnceWith('new:say');
  });

  it('says when nothing is found, and then picks nothing', async () => {
    const { user, onPick } = open();
    await user.keyboard('xyzzy{Enter}{ArrowDown}{Enter}');
    expect(screen.getByText('Nothing found')).toBeInTheDocument();
    expect(onPick).not.toHaveBeenCalled();
  });

  it('closes by Escape and by a click elsewhere, picks by a click', async () => {
    const { user, onPick, onClose } = open();
    await user.keyboard('{Escape}');
    await user.click(document.body);
    expect(onClose).toHaveBeenCalledTimes(2);
    await user.click(screen.getByText('+ Message'));
    expect(onPick).toHaveBeenCalledExactlyOnceWith('new:say');
  });

  it('looks for every word, in label, detail and group, whatever the case', () => {
    expect(matches(ITEMS[2] as PickerItem, 'OPEN flow')).toBe(true);
    expect(matches(ITEMS[2] as PickerItem, 'open shop')).toBe(false);
  });

  it('reads back what an item stands for', () => {
    expect(parsePick('new:hang-up')).toEqual({ kind: 'new', type: 'hang-up' });
    expect(parsePick('node:n1')).toEqual({ kind: 'existing', nodeId: 'n1' });
    expect(parsePick('disconnect')).toEqual({ kind: 'disconnect' });
  });
});
