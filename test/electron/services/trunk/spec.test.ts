import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/services/trunk/SPEC.md', 'test/electron/services/trunk');
