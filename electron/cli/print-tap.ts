import type { TestResult } from '../../shared/analyze/tests/run-tests.ts';

/**
 * Results as TAP version 14 (testanything.org): a plan, a line for each test, what failed as a YAML block (written as
 * JSON, which YAML includes), and notes as comments.
 */
export function printTap(results: readonly TestResult[], notes: readonly string[] = []): string {
  const lines = ['TAP version 14', `1..${results.length}${results.length === 0 ? ' # SKIP there are no tests' : ''}`];
  for (const [index, { name, passed, testId, failures }] of results.entries()) {
    lines.push(`${passed ? 'ok' : 'not ok'} ${index + 1} - ${description(name)}`);
    if (passed) continue;
    lines.push('  ---', `  id: ${JSON.stringify(testId)}`);
    lines.push(`  message: ${JSON.stringify(failures[0]?.message ?? '')}`);
    lines.push(`  failures: ${JSON.stringify(failures)}`, '  ...');
  }
  return `${[...lines, ...notes.map((note) => `# ${oneLine(note)}`)].join('\n')}\n`;
}

/** In a description `#` would begin a directive. */
function description(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}
