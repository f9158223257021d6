import { testRuleIds } from '../../support/spec-ids.ts';

testRuleIds('electron/cli/SPEC.md', 'test/electron/cli');
