import type { FlowDescription } from '../../../shared/analyze/describe.ts';

/** A flow's description as a page of its own that prints well: no scripts, styles within, every text escaped. */
export function descriptionHtml({ title, entry, nodes }: FlowDescription, language: string): string {
  const list = nodes
    .map(
      (node) =>
        `<section><h2>${escaped(node.title)}</h2><ul>${node.sentences.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul></section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.45 system-ui, sans-serif; color: #111; }
h1 { font-size: 18pt; }
h2 { margin: 1.2em 0 0.2em; font-size: 12pt; }
ul { margin: 0; padding-left: 1.2em; }
section { break-inside: avoid; }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${entry.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
${list}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.toWellFormed().replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
