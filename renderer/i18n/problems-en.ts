import type { DiagnosticCode } from '../../shared/engine/lower/index.ts';

/** What is wrong with a project, by code, in English. `atNumber`: the same about a number's default handling. */
export const problemsEn = {
  'flow/no-start': 'The flow has no start: no call can enter it.',
  'flow/several-starts': 'The flow has several starts: calls never enter by this one.',
  'flow/into-start': '{{output}} leads back to the start: nothing happens there a second time.',
  'flow/open-output': '{{output}} leads nowhere: callers go on by the default handling of the number.',
  'flow/dangling-connection':
    '{{output}} leads to a node that is gone: callers go on by the default handling of the number.',
  'flow/unknown-output': 'There is a connection from {{output}}, which this node does not have. It is never taken.',
  'flow/empty-prompt': 'There is nothing to say: callers go on by the default handling of the number.',
  'flow/unknown-prompt': 'The prompt is not in the library any more: callers go on by the default handling.',
  'flow/prompt-without-source': 'The prompt “{{prompt}}” has no text and no recording.',
  'flow/prompt-language': 'The prompt “{{prompt}}” has no version in “{{wanted}}”: callers hear “{{language}}”.',
  'flow/menu-without-keys': 'The menu offers no key: whatever callers press is wrong.',
  'flow/key-twice': 'Key {{key}} both repeats the menu and leads on: it leads on.',
  'flow/hash-ignored': 'Key # has an action, but this menu ignores #: it never happens.',
  'flow/no-people': 'Nobody is chosen to be called.',
  'flow/no-extensions': 'There is no extension that callers could enter: whatever they type is wrong.',
  'flow/unknown-person': 'One of the people called here is not in the project any more.',
  'flow/no-queue': 'No queue is chosen.',
  'flow/unknown-queue': 'The queue is not in the project any more.',
  'flow/queue-without-members': 'The queue “{{queue}}” has no members: nobody will answer.',
  'flow/no-schedule': 'No schedule is chosen.',
  'flow/unknown-schedule': 'The schedule is not in the project any more.',
  'flow/unknown-time-zone': 'The schedule “{{schedule}}” has an unknown time zone “{{timeZone}}”: it is never open.',
  'flow/no-weight': 'No branch has a share of the calls: all take the first one.',
  'flow/empty-case': '{{output}} has no number: it never holds.',
  'flow/unknown-flow': 'The flow of the number {{number}} was removed: its default handling takes the calls.',
  'flow/no-flow': 'The number {{number}} uses a voice menu, but no flow is chosen.',
  'flow/duplicate-number': 'The number {{number}} is there twice: only one of the two can be called.',
  'flow/duplicate-extension': '{{other}} and {{person}} share the extension {{extension}}: it reaches {{other}}.',
  atNumber: {
    'flow/unknown-person': 'The default handling of {{number}} is someone who is not in the project any more.',
    'flow/unknown-queue': 'The default handling of {{number}} is a queue that is not in the project any more.',
    'flow/queue-without-members': 'The default handling of {{number}} is the queue “{{queue}}”, which has no members.',
  },
} as const satisfies Record<DiagnosticCode, string> & { atNumber: Partial<Record<DiagnosticCode, string>> };
