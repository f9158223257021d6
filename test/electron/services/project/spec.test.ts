import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/services/project/SPEC.md', 'test/electron/services/project');
