import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EmbeddedAccounts } from '../../../../electron/services/pbx/accounts.ts';
import { prepareDeployment } from '../../../../electron/services/pbx/deployment.ts';
import { SpeechService } from '../../../../electron/services/speech/speech-service.ts';
import { sampleProject } from '../../../../shared/flow/samples/index.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const FOLDERS = { voicemail: '/voicemail', recordings: '/recordings' };

test('the notice of recordings is spoken in every language that callers can have, where a queue records', async () => {
  const project = sampleProject('pl');
  const speech = new SpeechService(join(tempDir(), 'speech'));
  const without = await prepareDeployment(project, new EmbeddedAccounts(), speech, FOLDERS);
  expect(without.config.recording).toEqual({ directory: '/recordings', projectId: project.id, notices: {} });

  const queueId = Object.keys(project.queues)[0] ?? '';
  project.queues[queueId]!.recording = 'always';
  // Nothing in it can be spoken: it is told, and calls in that language are not recorded.
  project.settings.recording = { notices: { de: 'Wir nehmen auf.', fr: '…' } };
  const { config, promptProblems } = await prepareDeployment(project, new EmbeddedAccounts(), speech, FOLDERS);
  const { notices } = config.recording;
  expect(Object.keys(notices).sort()).toEqual(['de', 'en', 'fr', 'pl']);
  for (const language of ['de', 'en', 'pl']) expect(existsSync(notices[language] ?? '')).toBe(true);
  expect(notices.fr).toBeNull();
  expect(promptProblems).toMatchObject([{ promptKey: 'recording:fr', code: 'speech/nothing-to-say' }]);
});
