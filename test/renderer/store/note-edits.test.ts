import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNote, changeNote, moveNotes, removeNotes } from '../../../renderer/store/note-edits.ts';
import { structuralDiff, structuralSentence } from '../../../shared/analyze/diff/structure.ts';
import { changesBetween } from '../../../shared/analyze/merge/changes.ts';
import { mergeProjects } from '../../../shared/analyze/merge/merge-projects.ts';
import { printProject } from '../../../shared/flow/canonical.ts';
import { parseProject } from '../../../shared/flow/migrations.ts';
import { type Flow, FlowSchema, type Project } from '../../../shared/flow/project.ts';
import { sampleProject } from '../../support/sample-project.ts';

const flow = sampleProject().flows.main as Flow;
const withFlow = (main: Flow): Project => ({ ...sampleProject(), flows: { main } });
const noted = changeNote(addNote(flow, 'n1', { x: 10.4, y: 20 }), 'n1', { text: 'Ask Ann about opening hours' });

describe('notes', () => {
  it('[NO1] are added where asked, on whole pixels, and changed in parts', () => {
    expect(noted.notes).toEqual({
      n1: {
        text: 'Ask Ann about opening hours',
        position: { x: 10, y: 20 },
        width: 240,
        height: 160,
        colour: 'yellow',
      },
    });
    expect(changeNote(noted, 'n1', { colour: 'blue' }).notes?.n1?.colour).toBe('blue');
    expect(changeNote(noted, 'gone', { text: 'x' })).toBe(noted);
  });

  it('[NO2] stay valid whatever is asked of them', () => {
    const part = fc.record({
      text: fc.string({ maxLength: 3000 }),
      position: fc.record({ x: fc.double({ noNaN: true }), y: fc.double({ noNaN: true }) }),
      width: fc.double({ min: -100, max: 9000, noNaN: true }),
      height: fc.double({ min: -100, max: 9000, noNaN: true }),
    });
    fc.assert(
      fc.property(part, (change) => {
        expect(FlowSchema.safeParse(changeNote(noted, 'n1', change)).success).toBe(true);
      }),
    );
  });

  it('[NO3] move with what else is selected, and go', () => {
    expect(moveNotes(noted, { n1: { x: 5, y: 6 }, welcome: { x: 0, y: 0 } }).notes?.n1?.position).toEqual({
      x: 5,
      y: 6,
    });
    expect(moveNotes(noted, { n1: { x: 10, y: 20 } })).toBe(noted);
    expect(removeNotes(noted, ['n1']).notes).toEqual({});
    expect(removeNotes(flow, ['n1'])).toBe(flow);
  });

  it('[NO4] are kept by the file; files without any read and print as before', () => {
    expect(parseProject(JSON.parse(printProject(withFlow(noted))))).toEqual(withFlow(noted));
    expect(printProject(sampleProject())).not.toContain('notes');
    expect(parseProject(JSON.parse(printProject(sampleProject())))).toEqual(sampleProject());
  });

  it('[NO5] of two sides are merged one by one', () => {
    const ours = withFlow(changeNote(addNote(noted, 'n2', { x: 0, y: 0 }), 'n1', { colour: 'pink' }));
    const theirs = withFlow(changeNote(addNote(noted, 'n3', { x: 9, y: 9 }), 'n1', { text: 'Asked.' }));
    const { project, conflicts } = mergeProjects(withFlow(noted), ours, theirs);
    expect(conflicts).toEqual([]);
    expect(Object.keys(project.flows.main?.notes ?? {}).sort()).toEqual(['n1', 'n2', 'n3']);
    expect(project.flows.main?.notes?.n1).toMatchObject({ colour: 'pink', text: 'Asked.' });
    const first = mergeProjects(sampleProject(), withFlow(noted), withFlow(addNote(flow, 'n4', { x: 1, y: 1 })));
    expect(Object.keys(first.project.flows.main?.notes ?? {}).sort()).toEqual(['n1', 'n4']);
  });

  it('[NO6] are named in a conflict, in changes and in a diff', () => {
    const ours = withFlow(changeNote(noted, 'n1', { text: 'one' }));
    const theirs = withFlow(changeNote(noted, 'n1', { text: 'two' }));
    expect(mergeProjects(withFlow(noted), ours, theirs).conflicts[0]?.message).toMatch(/note "n1".*both sides/);
    expect(changesBetween(withFlow(noted), ours)[0]?.message).toMatch(/note "n1".*text/);
    const diff = (before: Flow, after: Flow) =>
      structuralDiff(withFlow(before), withFlow(after)).map(structuralSentence);
    expect(diff(flow, noted)).toEqual(['The note "Ask Ann about opening hours" was added.']);
    expect(diff(noted, moveNotes(noted, { n1: { x: 0, y: 0 } }))[0]).toMatch(/was moved on the canvas/);
    expect(diff(noted, removeNotes(noted, ['n1']))[0]).toMatch(/was removed/);
  });
});
