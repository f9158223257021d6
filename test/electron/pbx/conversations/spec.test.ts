import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/conversations/SPEC.md', 'test/electron/pbx/conversations');
