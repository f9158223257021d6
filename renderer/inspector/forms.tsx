import type { ReactNode } from 'react';
import type { NodeType } from '../../shared/flow/catalogue.ts';
import { CallbackForm } from './callback-form.tsx';
import { ConditionForm } from './condition-form.tsx';
import { ConsentForm } from './consent-form.tsx';
import { DigitsForm } from './digits-form.tsx';
import { EmployeeForm } from './employee-form.tsx';
import { ExtensionForm } from './extension-form.tsx';
import { ExternalForm } from './external-form.tsx';
import type { FormProps } from './form-props.ts';
import { GoToForm } from './go-to-form.tsx';
import { HangUpForm } from './hang-up-form.tsx';
import { ImportedForm } from './imported-form.tsx';
import { LanguageForm } from './language-form.tsx';
import { MenuForm } from './menu-form.tsx';
import { QueueForm } from './queue-form.tsx';
import { QueueStateForm } from './queue-state-form.tsx';
import { RandomForm } from './random-form.tsx';
import { RequestForm } from './request-form.tsx';
import { ReturnForm } from './return-form.tsx';
import { SayForm } from './say-form.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import { SetVariableForm } from './set-variable-form.tsx';
import { SubFlowForm } from './sub-flow-form.tsx';
import { VoicemailForm } from './voicemail-form.tsx';

/** Node types without settings show what they do, and their outputs. */
const nothing = () => null;

/** The settings form of each node type. */
export const FORMS = {
  start: nothing,
  menu: MenuForm,
  say: SayForm,
  employee: EmployeeForm,
  extension: ExtensionForm,
  queue: QueueForm,
  schedule: ScheduleForm,
  random: RandomForm,
  'sub-flow': SubFlowForm,
  return: ReturnForm,
  'go-to': GoToForm,
  external: ExternalForm,
  consent: ConsentForm,
  language: LanguageForm,
  callback: CallbackForm,
  condition: ConditionForm,
  digits: DigitsForm,
  'set-variable': SetVariableForm,
  request: RequestForm,
  'queue-state': QueueStateForm,
  voicemail: VoicemailForm,
  imported: ImportedForm,
  exit: nothing,
  'hang-up': HangUpForm,
} as const satisfies { readonly [Type in NodeType]: (props: FormProps<Type>) => ReactNode };
