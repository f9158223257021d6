import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/trunk/SPEC.md', 'test/electron/pbx/trunk');
