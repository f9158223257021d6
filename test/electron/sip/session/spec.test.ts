import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/sip/session/SPEC.md', 'test/electron/sip/session');
