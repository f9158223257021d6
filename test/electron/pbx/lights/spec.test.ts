import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/lights/SPEC.md', 'test/electron/pbx/lights');
