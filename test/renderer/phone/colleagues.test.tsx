import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Colleagues } from '../../../renderer/phone/colleagues.tsx';
import type { ColleagueCall } from '../../../renderer/phone/lights-store.ts';
import { MessageLight } from '../../../renderer/phone/message-light.tsx';
import { projectOf, renderApp, testWindow } from '../../support/render-app.tsx';

const RINGING: ColleagueCall = {
  id: 'c1',
  state: 'early',
  isIncoming: true,
  caller: { number: '+48600', name: 'Caller' },
  replaces: 'c;to-tag=t;from-tag=f',
};

function setUp() {
  const given = testWindow();
  const [[me = ''] = [], ...others] = Object.entries(projectOf(given).people);
  const view = renderApp(<Colleagues personId={me} />, given);
  const [colleague] = others.map(([, person]) => person);
  if (colleague === undefined) throw new Error('nobody else is there');
  const line = () =>
    screen
      .getAllByRole('listitem')
      .find(({ textContent }) => textContent?.includes(colleague.extension)) as HTMLElement;
  return { ...view, colleague, line };
}

describe('colleagues', () => {
  it('are watched, and not any more once they are not shown', () => {
    const { session, unmount, colleague } = setUp();
    const [name, extensions] = session.asked[0] ?? [];
    expect([name, extensions]).toEqual(['watch', expect.arrayContaining([colleague.extension])]);
    expect(screen.getAllByRole('listitem')).toHaveLength((extensions as string[]).length);
    unmount();
    expect(session.asked.at(-1)).toEqual(['watch', []]);
  });

  it('are called by a click, and tell in words how they are', async () => {
    const { session, user, colleague, line } = setUp();
    expect(line()).toHaveTextContent('Not known');
    act(() => session.lights.setState({ colleagues: { [colleague.extension]: [] }, present: [] }));
    expect(line()).toHaveTextContent('Away');
    act(() => session.lights.setState({ present: [colleague.extension] }));
    expect(line()).toHaveTextContent('Free');
    await user.click(within(line()).getByRole('button', { name: `Call ${colleague.name}` }));
    expect(session.asked.at(-1)).toEqual(['call', colleague.extension, colleague.name]);
  });

  it('whose phone rings: it is announced, and picked up by the keyboard', async () => {
    const { session, user, colleague, line } = setUp();
    act(() => session.lights.setState({ colleagues: { [colleague.extension]: [RINGING] } }));
    expect(screen.getByRole('status')).toHaveTextContent(`The phone of ${colleague.name} rings: Caller.`);
    expect(line()).toHaveTextContent('Ringing · Caller');
    const button = within(line()).getByRole('button', { name: `Pick up for ${colleague.name}: Caller` });
    button.focus();
    await user.keyboard('{Enter}');
    expect(session.asked.at(-1)).toEqual(['pickUp', colleague.extension, RINGING]);
    act(() => session.lights.setState({ colleagues: { [colleague.extension]: [{ ...RINGING, state: 'confirmed' }] } }));
    expect(line()).toHaveTextContent('On a call');
    expect(within(line()).queryByRole('button', { name: /Pick up/ })).toBeNull();
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  });
});

describe('the light for messages', () => {
  it('is there while there are any, tells new ones, and opens them', async () => {
    let opened = 0;
    const { session, user } = renderApp(<MessageLight onOpen={() => opened++} />);
    expect(screen.queryByRole('button')).toBeNull();
    act(() => session.lights.setState({ messages: { fresh: 2, heard: 1 } }));
    expect(screen.getByRole('status')).toHaveTextContent('2 new messages');
    await user.click(screen.getByRole('button', { name: '2 new messages' }));
    expect(opened).toBe(1);
    act(() => session.lights.setState({ messages: { fresh: 0, heard: 3 } }));
    expect(screen.getByRole('button', { name: 'No new messages' })).toBeInTheDocument();
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    act(() => session.lights.setState({ messages: { fresh: 0, heard: 0 } }));
    expect(screen.queryByRole('button')).toBeNull();
  });
});
