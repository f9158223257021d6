import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/services/sync/SPEC.md', 'test/electron/services/sync');
