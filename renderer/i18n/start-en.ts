import type { ImportSource } from '../../shared/flow/nodes/imported.ts';
import type { NoteCode, NoteKind } from '../../shared/import/notes.ts';
import type { OutlineProblem } from '../../shared/import/outline/parse-outline.ts';

/** New flows from texts, samples and other programs, in English. */
export const startEn = {
  title: 'New flow',
  choice: {
    empty: { title: 'Draw it', text: 'An empty flow with its start: pull wires, drop cards.' },
    samples: {
      title: 'Begin with a sample',
      text: 'A shop, a surgery, a support desk, a town hall: ready to be called.',
    },
    text: { title: 'Write it', text: 'Type the menu as an indented list; it becomes a drawing.' },
    import: {
      title: 'Bring it along',
      text: 'From Twilio Studio, Asterisk or FreePBX, with a report of what differs.',
    },
  },
  text: {
    title: 'From text',
    hint: 'One line for each key, deeper lines for the menu behind it. Lines without a key are what callers hear.',
    name: 'Name of the flow',
    label: 'The menu',
    example:
      'Thank you for calling.\n1 Sales -> queue Sales\n2 Support\n  What is it about?\n  1 Internet -> queue Technicians\n  2 Opening hours: Monday to Friday, nine to five.\n  * Back\n0 Reception -> 101\n9 Repeat\nno input -> 101',
    preview: 'What it means',
    help: 'After an arrow (->): “queue Sales”, an extension, a number outside, “person Ann”, “voicemail”, “back”, “repeat”, “main menu”, “menu Support”, “hang up”. Without one, a line leads to the queue or person of its name. After a colon: what callers hear. “no input ->” and “invalid ->” say what happens without a choice.',
    line: 'Line {{line}}:',
    problem: {
      'key-twice': 'key {{key}} has an action already.',
      indent: 'it stands deeper than the lines before it, and less deep than their menu.',
      'menu-unknown': 'there is no menu “{{name}}”.',
      'back-at-top': 'there is no menu to go back to.',
      'too-long': 'the text is longer than {{max}} characters.',
    } satisfies Record<OutlineProblem['code'], string>,
    make: 'Make the flow',
  },
  samples: {
    title: 'Samples',
    hint: 'Each comes with opening hours, queues and voicemail. Change what you like: it is yours.',
    add: 'Add',
    addNamed: 'Add “{{name}}”',
  },
  import: {
    title: 'Import',
    hint: 'Flows of Twilio Studio (JSON), dialplans of Asterisk (extensions.conf), IVRs of FreePBX (JSON or a dump of its database).',
    choose: 'Choose a file…',
    orDrop: 'or drop it here',
    paste: 'Or paste it',
    report: 'Report',
    found: '{{program}}:',
    flows_one: '{{count}} flow,',
    flows_other: '{{count}} flows,',
    steps_one: '{{count}} node.',
    steps_other: '{{count}} nodes.',
    take: 'Add to the project',
  },
  program: {
    'twilio-studio': 'Twilio Studio',
    asterisk: 'Asterisk dialplan',
    freepbx: 'FreePBX',
  } satisfies Record<ImportSource, string>,
  noteKind: {
    kept_one: 'Kept as a grey box, to be replaced by hand ({{count}})',
    kept_other: 'Kept as grey boxes, to be replaced by hand ({{count}})',
    'left-out_one': 'Left out ({{count}})',
    'left-out_other': 'Left out ({{count}})',
    else_one: 'Different here ({{count}})',
    else_other: 'Different here ({{count}})',
    made_one: 'Added to the project ({{count}})',
    made_other: 'Added to the project ({{count}})',
  } satisfies Record<`${NoteKind}_${'one' | 'other'}`, string>,
  note: {
    'step-kept': '“{{name}}” ({{kind}}) has no translation.',
    'expression-kept': 'The text “{{text}}” has a value that is not known here; it is read as it is written.',
    'sound-wanted': 'The sound “{{name}}” is not in the file: its prompt says its name until you write what it says.',
    'speech-input': '“{{name}}” understood speech; here callers press keys.',
    'extensions-open': 'Callers may dial any extension, where it was {{pattern}}.',
    'nowhere-to-go': 'A jump leads to {{target}}, which is not in the file: calls end there.',
    'option-left-out': '{{option}} has no place here.',
    'messages-left-out_one': '{{count}} step that no call comes to, such as for text messages.',
    'messages-left-out_other': '{{count}} steps that no call comes to, such as for text messages.',
    'file-not-read': '{{file}} was not read.',
    'person-made': '{{name}}, extension {{extension}}',
    'queue-made': 'Queue “{{name}}”; choose who answers it',
    'variable-made': 'Variable {{name}}',
    'schedule-made': 'Schedule “{{name}}”',
    'number-made': 'Number {{number}}',
  } satisfies Record<Exclude<NoteCode, 'messages-left-out'> | `messages-left-out_${'one' | 'other'}`, string>,
  error: {
    'import/empty': 'There is nothing in this file. Choose another one.',
    'import/too-large':
      'This text is longer than {{max}} million characters. Export only the phone menus: of a database, the tables whose names begin with “ivr”.',
    'import/unknown':
      'This is no file of a program that is known here. Known are flows of Twilio Studio (JSON), dialplans of Asterisk (extensions.conf) and FreePBX (JSON, or a dump of its database).',
    'import/not-json':
      'The file looks like JSON, and is not: perhaps it was cut off when it was copied. Export it again. ({{message}})',
    'import/not-studio':
      'This JSON is no flow of Twilio Studio ({{path}}). In Studio open the flow, choose “Show Flow JSON” in the trigger widget, and copy all of it.',
    'import/no-calls':
      'This Studio flow has nothing for calls that come in: its trigger leads nowhere by “Incoming Call”. Flows for messages cannot be taken over.',
    'import/no-menu':
      'There is no phone menu in this file. Of a dialplan choose the file with the contexts of the menu, of FreePBX the tables of the module IVR.',
  },
} as const;
