import { testRuleIds } from '../../../support/spec-ids.ts';

testRuleIds('electron/pbx/announcements/SPEC.md', 'test/electron/pbx/announcements');
