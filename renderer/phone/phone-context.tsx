import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ErrorDetail } from '../../shared/lib/errors.ts';
import { invariant } from '../../shared/lib/invariant.ts';
import { useProject, useStores, useUi } from '../store/react.tsx';
import type { LightsState } from './lights-store.ts';
import { isPassing } from './phone-error.tsx';
import { createPhoneSession, type PhoneSession, type PhoneSessionState, rememberedPerson } from './phone-session.ts';
import { currentCall } from './phone-stores.ts';
import type { CallsState, RegistrationState } from './phone-types.ts';

const PhoneContext = createContext<PhoneSession | null>(null);

/** The phone lives above every page, so that a call outlives whatever the window shows. */
export function PhoneProvider({ children }: { readonly children: ReactNode }) {
  const { bridge, clock } = useStores();
  const [session] = useState(() =>
    createPhoneSession({ bridge, clock, windowStorage: sessionStorage, profileStorage: localStorage }),
  );
  useOwnerOfRole(session);
  useKeysOfCall(session);
  useProblemsShown(session);
  // The session lives as long as the page: leaving it ends its calls properly.
  useEffect(() => {
    const leave = () => session.dispose();
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [session]);
  return <PhoneContext.Provider value={session}>{children}</PhoneContext.Provider>;
}

/** A supervisor's window tests flows; an operator's is the person who was chosen in it. */
function useOwnerOfRole(session: PhoneSession): void {
  const role = useUi((ui) => ui.role);
  const people = useProject((project) => project.people);
  useEffect(() => {
    const { owner } = session.state.getState();
    if (role === 'supervisor') {
      if (owner.kind !== 'tester') session.setOwner({ kind: 'tester' });
      return;
    }
    if (owner.kind === 'tester' || owner.kind === 'none') {
      const personId = rememberedPerson(sessionStorage);
      const known = personId !== null && Object.hasOwn(people, personId);
      session.setOwner(known ? { kind: 'person', personId } : { kind: 'none' });
    }
  }, [role, session, people]);
}

/** A trouble that somebody must do something about opens the phone, where it is told. */
function useProblemsShown(session: PhoneSession): void {
  const { ui } = useStores();
  useEffect(() => {
    const show = (error: ErrorDetail | null) => {
      if (error !== null && !isPassing(error)) ui.setState({ phoneOpen: true });
    };
    const stops = [
      session.state.subscribe(({ error }, before) => error !== before.error && show(error)),
      session.registration.subscribe(({ error }, before) => error !== before.error && show(error)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [session, ui]);
}

/** Digits typed anywhere but in a field go to the call as keys. */
function useKeysOfCall(session: PhoneSession): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^[0-9*#]$/.test(event.key)) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.isContentEditable || target?.closest('input, textarea, select')) return;
      const call = currentCall(session.calls.getState());
      if (call?.status !== 'active') return;
      event.preventDefault();
      session.phone.sendDigit(call.id, event.key);
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [session]);
}

export function usePhone(): PhoneSession {
  const session = useContext(PhoneContext);
  invariant(session, 'usePhone needs a PhoneProvider above it');
  return session;
}

export function useCalls<Part>(select: (state: CallsState) => Part): Part {
  return useStore(usePhone().calls, select);
}

export function useRegistration<Part>(select: (state: RegistrationState) => Part): Part {
  return useStore(usePhone().registration, select);
}

export function useLights<Part>(select: (state: LightsState) => Part): Part {
  return useStore(usePhone().lights, select);
}

export function usePhoneState<Part>(select: (state: PhoneSessionState) => Part): Part {
  return useStore(usePhone().state, select);
}

/** For tests: the context with a session of the test's own. */
export const PhoneContextProvider = PhoneContext.Provider;
