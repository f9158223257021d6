import type { TestResult } from '../../shared/analyze/tests/run-tests.ts';

/** Results as JUnit XML, the form that build servers read. Times are those of the calls, which took none. */
export function printJUnit(suite: string, results: readonly TestResult[]): string {
  const failed = results.filter(({ passed }) => !passed).length;
  const counts = `tests="${results.length}" failures="${failed}" errors="0"`;
  const cases = results.map(({ testId, name, failures }) => {
    const open = `    <testcase classname="${attribute(testId)}" name="${attribute(name)}" time="0"`;
    if (failures.length === 0) return `${open}/>\n`;
    const inner = failures.map(
      ({ expectation, message }) =>
        `      <failure type="${attribute(expectation)}" message="${attribute(message)}"/>\n`,
    );
    return `${open}>\n${inner.join('')}    </testcase>\n`;
  });
  const name = attribute(suite);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${name}" ${counts}>
  <testsuite name="${name}" ${counts} skipped="0">
${cases.join('')}  </testsuite>
</testsuites>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text for an attribute; characters that XML 1.0 cannot hold (section 2.2) become U+FFFD. */
function attribute(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"\n\r\t]/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD');
}
