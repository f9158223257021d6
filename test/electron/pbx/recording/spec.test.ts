import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/recording/SPEC.md', 'test/electron/pbx/recording');
