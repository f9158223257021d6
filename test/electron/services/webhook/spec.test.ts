import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/services/webhook/SPEC.md', 'test/electron/services/webhook');
