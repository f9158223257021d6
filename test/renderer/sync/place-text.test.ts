import { describe, expect, it } from 'vitest';
import { startI18n } from '../../../renderer/i18n/index.ts';
import { placeText, valueText } from '../../../renderer/sync/place-text.ts';
import type { SyncConflict } from '../../../shared/bridge/sync.ts';
import { sampleProject } from '../../support/sample-project.ts';

const { t } = startI18n('en');
const at = (path: string[], part: Partial<SyncConflict> = {}) =>
  placeText(
    { id: 'c', kind: 'both-changed', path, base: null, ours: null, theirs: null, taken: 'ours', message: '', ...part },
    sampleProject(),
    t,
  );

describe('where a conflict is', () => {
  it('goes by the names of things, and ends in the field as forms call it', () => {
    expect(at(['flows', 'main', 'nodes', 'sales', 'data', 'maxWaitMs'])).toBe(
      'Flow “Main menu” › Node “Sales queue” › longest wait',
    );
    expect(at(['people', 'ann', 'extension'])).toMatch(/^Person “.+” › extension$/);
    expect(at(['flows', 'main', 'nodes', 'main', 'connections', 'key:1'])).toMatch(/ › connections › key:1$/);
    expect(at(['name'])).toBe('Project › name');
    expect(at(['settings', 'plan'])).toBe('Project › settings › plan');
  });

  it('knows what was removed by the other side’s value, else by its id', () => {
    expect(at(['queues', 'gone'], { theirs: '{"name":"Night shift"}' })).toBe('Queue “Night shift”');
    expect(at(['queues', 'gone'])).toBe('Queue “gone”');
    expect(at(['people', '__proto__', 'name'])).toBe('Person “__proto__” › name');
    expect(at(['flows'])).toBe('Project › flows');
  });
});

describe('what stands there', () => {
  it('is plain text where it is one, else JSON, or nothing', () => {
    expect(valueText('"Hello\\nthere"')).toBe('Hello\nthere');
    expect(valueText('30000')).toBe('30000');
    expect(valueText('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(valueText(null)).toBeNull();
  });
});
