import type { DocsWords } from './node-docs.ts';

/** What is read of a JSON Schema. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

/** What values a schema takes, in a few words. */
export function valuesText(schema: JsonSchema, words: DocsWords): string {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map((one) => valuesText(one, words)))].join(` ${words.or} `);
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(', ');
  switch (schema.type) {
    case 'boolean':
      return words.yesNo;
    case 'string':
      return schema.maxLength === undefined ? words.text : `${words.text}, ${words.upTo} ${schema.maxLength}`;
    case 'integer':
    case 'number': {
      const { minimum, maximum } = schema;
      const range = minimum !== undefined && maximum !== undefined ? ` ${minimum}–${maximum}` : '';
      return `${schema.type === 'integer' ? words.integer : words.number}${range}`;
    }
    case 'array': {
      const items = `${words.listOf} ${valuesText(schema.items ?? {}, words)}`;
      return schema.maxItems === undefined ? items : `${items} (${words.upTo} ${schema.maxItems})`;
    }
    case 'object':
      return membersText(schema);
    default:
      return 'JSON';
  }
}

/** The members of an object; that which tells its kind with its value, the optional ones with a question mark. */
function membersText({ properties = {}, required = [] }: JsonSchema): string {
  const members = Object.entries(properties).map(([name, value]) => {
    if (value.const !== undefined) return `${name}: ${JSON.stringify(value.const)}`;
    return required.includes(name) ? name : `${name}?`;
  });
  return `\`{ ${members.join(', ')} }\``;
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
