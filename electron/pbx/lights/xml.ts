/** First line of a document. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\r\n';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** An element; `content` is markup as it is, or text that is escaped. Attributes are escaped. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: string | { readonly text: string },
): string {
  const head = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('');
  const inner = typeof content === 'string' ? content : escapeXml(content.text);
  return inner === '' ? `<${name}${head}/>` : `<${name}${head}>${inner}</${name}>`;
}

/** Text that may stand in an element or a quoted attribute. What XML 1.0 has no way to write is taken out. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ')
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
  );
}
