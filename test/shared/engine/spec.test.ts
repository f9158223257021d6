import { testRuleIds } from '../../support/spec-ids.ts';

testRuleIds('shared/engine/SPEC.md', 'test/shared/engine');
