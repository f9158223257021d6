import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/supervision/SPEC.md', 'test/electron/pbx/supervision');
