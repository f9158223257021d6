import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/services/bundle/SPEC.md', 'test/electron/services/bundle');
