import { boardEn } from './board-en.ts';
import { callsEn } from './calls-en.ts';
import { describeEn } from './describe-en.ts';
import { designerEn } from './designer-en.ts';
import { deskEn } from './desk-en.ts';
import { fieldsEn } from './fields-en.ts';
import { filesEn } from './files-en.ts';
import { formsEn } from './forms-en.ts';
import { lineEn } from './line-en.ts';
import { pagesEn } from './pages-en.ts';
import { phoneEn } from './phone-en.ts';
import { problemsEn } from './problems-en.ts';
import { promptsEn } from './prompts-en.ts';
import { recordingEn } from './recording-en.ts';
import { remoteEn } from './remote-en.ts';
import { startEn } from './start-en.ts';
import { versionsEn } from './versions-en.ts';

/** Every text of the window, in English: the model that the other languages must match key by key. */
export const en = {
  app: {
    name: 'Dialtree',
    connecting: 'Connecting to Dialtree…',
    loading: 'Opening the project…',
    cannotOpen: 'The project cannot be opened',
    cannotConnect: 'This window cannot reach Dialtree',
    tryAgain: 'Try again',
    createSample: 'Start with a sample project',
    crashed: 'Something went wrong in this window',
    crashedHint: 'Your work is saved as you go. Reload the window to go on.',
    reload: 'Reload',
    dismiss: 'Dismiss this message',
  },
  calls: callsEn,
  dialog: { close: 'Close' },
  header: {
    onTop: 'Keep this window on top',
    popups: 'Menus and hints',
    menu: 'Settings of this window',
    language: 'Language',
    theme: 'Theme',
    themeAuto: 'System',
    themeLight: 'Light',
    themeDark: 'Dark',
    role: 'Role',
    supervisor: 'Supervisor',
    operator: 'Operator',
    renameProject: 'Name of the project',
    undo: 'Undo',
    redo: 'Redo',
    showInspector: 'Show or hide the inspector',
    showPhone: 'Show or hide the phone',
    showDock: 'Show or hide the lower panel',
  },
  fields: fieldsEn,
  files: filesEn,
  line: lineEn,
  sync: {
    saved: 'Saved',
    unsaved: 'Unsaved changes',
    saving: 'Saving…',
    error: 'Not saved',
    conflict: 'Changed elsewhere',
    retry: 'Save now',
    savedAt: 'Saved at {{time}} to {{path}}',
    conflictText: 'This project was changed in another window or program while you were working on it.',
    takeTheirs: 'Load the other version',
    keepOurs: 'Keep mine',
    conflictHint: 'Nothing is lost: the version you do not choose is one Undo away.',
    errorText: 'The project could not be saved: {{message}}',
    lost: 'Connection to Dialtree lost. Reconnecting…',
    lostHint: 'Go on working: your changes are saved as soon as it is back.',
    refused: 'Dialtree was started anew. Open it again by the address it printed last.',
  },
  prompts: promptsEn,
  rail: {
    prompts: 'Prompts',
    versions: 'Publish',
    calls: 'Calls',
    board: 'Wallboard',
    label: 'Pages',
    flows: 'Flows',
    numbers: 'Numbers',
    team: 'Queues & team',
    schedules: 'Schedules',
    voicemail: 'Voicemail',
    sync: 'Sync',
    settings: 'Settings',
    line: 'Outside line',
  },
  dock: {
    label: 'Lower panel',
    problems: 'Problems',
    problemsCount: 'Problems: {{count}}',
    simulator: 'Simulator',
    tests: 'Tests',
    testsCount: 'Tests: {{count}} failing',
    trace: 'Trace',
    close: 'Close the panel',
    resize: 'Height of the lower panel',
  },
  inspector: {
    label: 'Inspector',
    resize: 'Width of the inspector',
    name: 'Name',
    duplicate: 'Duplicate',
    remove: 'Delete',
    outputs: 'What happens next',
    optionalHint: 'An open output goes on by the default handling of the number that was called.',
    leadsTo: '{{output}}: leads to',
    notConnected: 'Not connected',
    defaultHandling: 'Default handling',
    goThere: 'Go to that node',
    goThereFrom: '{{output}}: go to the node it leads to',
    hints_one: '{{count}} hint',
    hints_other: '{{count}} hints',
    nodesSelected_one: '{{count}} node selected',
    nodesSelected_other: '{{count}} nodes selected',
    connection: 'Connection',
    connectionText: '{{output}} of “{{from}}” leads to “{{to}}”.',
  },
  board: boardEn,
  recording: recordingEn,
  desk: deskEn,
  phone: phoneEn,
  ...designerEn,
  ...formsEn,
  ...pagesEn,
  problem: problemsEn,
  remote: remoteEn,
  start: startEn,
  describe: describeEn,
  versions: versionsEn,
} as const;
