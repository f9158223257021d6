import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/services/versions/SPEC.md', 'test/electron/services/versions');
