import { testRuleIds } from '../../support/spec-ids.ts';

testRuleIds('shared/analyze/SPEC.md', 'test/shared/analyze');
