import { testRuleIds } from '../../support/spec-ids.ts';

testRuleIds('electron/media/SPEC.md', 'test/electron/media');
