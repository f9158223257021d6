import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/operators/SPEC.md', 'test/electron/pbx/operators');
