import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/sip/subscriptions/SPEC.md', 'test/electron/sip/subscriptions');
