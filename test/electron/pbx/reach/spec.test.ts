import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/reach/SPEC.md', 'test/electron/pbx/reach');
