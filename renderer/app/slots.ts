import type { ComponentType } from 'react';
import { Desk } from '../desk/desk.tsx';
import { CallFlowButton } from '../phone/call-flow-button.tsx';
import { PhoneProvider } from '../phone/phone-context.tsx';
import { PhonePanel } from '../phone/phone-panel.tsx';
import { RegistrationLight } from '../phone/registration-light.tsx';

/** Places of the frame that the softphone fills. A place without a component is not drawn. */
export interface PhoneSlots {
  /** Header: registration and health of the phone, one small light with its words. */
  readonly RegistrationLight?: ComponentType;
  /** Header and canvas: calls the flow that is open. */
  readonly CallFlowButton?: ComponentType<{ readonly flowId: string }>;
  /** Right column of the supervisor's window: the softphone. */
  readonly PhonePanel?: ComponentType;
  /** The whole of the operator's window under the header. */
  readonly Desk?: ComponentType;
  /** Wraps the app, for what must outlive every page (the user agent, an incoming call's alert). */
  readonly Provider?: ComponentType<{ readonly children: React.ReactNode }>;
}

/** Filled here, and nowhere else. */
export const phoneSlots: PhoneSlots = { RegistrationLight, CallFlowButton, PhonePanel, Desk, Provider: PhoneProvider };
