import { expect, test } from 'vitest';
import { webSecrets } from '../../../../electron/services/pbx/web-secrets.ts';

test('secrets of flows come from the environment, by the name that a flow uses', () => {
  const env = { DIALTREE_SECRET_CRM_TOKEN: 'a', DIALTREE_SECRET_: 'b', PATH: 'c', DIALTREE_SECRET_EMPTY: '' };
  expect(webSecrets(env)).toEqual({ crm_token: 'a', empty: '' });
});
