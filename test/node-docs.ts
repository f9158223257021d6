import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DOCS_LANGUAGES, nodeDocs, nodeDocsFile } from './support/node-docs.ts';

/** `npm run docs:nodes`: writes the documentation of the nodes, in every language. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

for (const language of DOCS_LANGUAGES) {
  const path = join(ROOT, nodeDocsFile(language));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, nodeDocs(language));
}
