/** What an expression of a dialplan is here. */
export interface TranslatedExpression {
  /** In the Common Expression Language. */
  readonly cel: string;
  readonly type: 'text' | 'number' | 'yes-no';
}

/** A variable of the dialplan as it is here; undefined where it has no translation (`${HASH(x)}`). */
export type VariableLookup = (name: string) => TranslatedExpression | undefined;

type Token =
  | {
      readonly kind: 'value';
      readonly parts: readonly (string | { readonly variable: string })[];
    }
  | { readonly kind: 'sign'; readonly sign: string };

const SIGNS = [
  '!=',
  '<=',
  '>=',
  '::',
  '||',
  '&&',
  '=~',
  '|',
  '&',
  '=',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '(',
  ')',
  '!',
  '?',
  ':',
];
const LEVELS: readonly (readonly string[])[] = [
  ['|', '||'],
  ['&', '&&'],
  ['=', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/**
 * An expression of a dialplan, the inside of `$[…]`, in the Common Expression Language (ast_expr2.y: comparisons, and,
 * or, arithmetic). Undefined where there is no translation: patterns, functions, lists.
 */
export function translateExpression(source: string, lookup: VariableLookup): TranslatedExpression | undefined {
  const tokens = tokensOf(source);
  if (!tokens) return undefined;
  let at = 0;
  const take = (signs: readonly string[]): string | undefined => {
    const token = tokens[at];
    if (token?.kind !== 'sign' || !signs.includes(token.sign)) return undefined;
    at++;
    return token.sign;
  };
  const operand = (): TranslatedExpression | undefined => {
    if (take(['!'])) {
      const inside = operand();
      return inside && { cel: `!(${truth(inside)})`, type: 'yes-no' };
    }
    if (take(['('])) {
      const inside = level(0);
      return inside && take([')']) ? { ...inside, cel: `(${inside.cel})` } : undefined;
    }
    const token = tokens[at++];
    return token?.kind === 'value' ? operandOf(token, lookup) : undefined;
  };
  const level = (index: number): TranslatedExpression | undefined => {
    const signs = LEVELS[index];
    if (!signs) return operand();
    let left = level(index + 1);
    for (let sign = take(signs); left && sign !== undefined; sign = take(signs)) {
      const right = level(index + 1);
      left = right && combine(left, sign, right);
    }
    return left;
  };
  const whole = level(0);
  return at === tokens.length ? whole : undefined;
}

function combine(left: TranslatedExpression, sign: string, right: TranslatedExpression): TranslatedExpression {
  switch (sign) {
    case '|':
    case '||':
      return { cel: `${truth(left)} || ${truth(right)}`, type: 'yes-no' };
    case '&':
    case '&&':
      return { cel: `${truth(left)} && ${truth(right)}`, type: 'yes-no' };
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return { cel: `${amount(left)} ${sign} ${amount(right)}`, type: 'number' };
    default: {
      const operator = sign === '=' ? '==' : sign;
      // Numbers are compared as numbers when both sides are (ast_expr2.y, to_number).
      const numbers = [left, right].every(({ type, cel }) => type === 'number' || isNumberText(cel));
      const [a, b] = numbers ? [amount(left), amount(right)] : [words(left), words(right)];
      return { cel: `${a} ${operator} ${b}`, type: 'yes-no' };
    }
  }
}

const isNumberText = (cel: string) => /^"-?\d+(\.\d+)?"$/.test(cel);

/** As a number: `"3"` is 3.0. */
function amount({ cel, type }: TranslatedExpression): string {
  if (isNumberText(cel)) {
    const number = cel.slice(1, -1);
    return number.includes('.') ? number : `${number}.0`;
  }
  return type === 'text' ? `double(${cel})` : cel;
}

function words({ cel, type }: TranslatedExpression): string {
  return type === 'text' ? cel : `string(${cel})`;
}

/** Everything but nothing, an empty text and 0 is true. */
function truth({ cel, type }: TranslatedExpression): string {
  if (type === 'yes-no') return cel;
  return type === 'number' ? `${cel} != 0.0` : `!(${cel} in ["", "0"])`;
}

function operandOf(
  { parts }: Extract<Token, { kind: 'value' }>,
  lookup: VariableLookup,
): TranslatedExpression | undefined {
  const found = parts.map((part) =>
    typeof part === 'string' ? { cel: JSON.stringify(part), type: 'text' as const } : lookup(part.variable),
  );
  if (found.includes(undefined)) return undefined;
  const known = found.flatMap((one) => one ?? []);
  const [only, ...others] = known;
  if (!only) return { cel: '""', type: 'text' };
  if (others.length === 0) return only;
  return { cel: known.map(words).join(' + '), type: 'text' };
}

function tokensOf(source: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let rest = source.trim();
  while (rest !== '') {
    const text = rest;
    const [quoted, inside] = /^"([^"]*)"/.exec(text) ?? [];
    const sign = SIGNS.find((one) => text.startsWith(one));
    const [word] = /^(?:\$\{[^{}]*\}|[\w.@/+-])+/.exec(text) ?? [];
    if (quoted !== undefined) tokens.push({ kind: 'value', parts: partsOf(inside ?? '') });
    else if (sign !== undefined && !(sign === '-' && isNegative(tokens, text))) tokens.push({ kind: 'sign', sign });
    else if (word !== undefined) tokens.push({ kind: 'value', parts: partsOf(wordOf(word)) });
    else return undefined;
    const used = quoted ?? (tokens.at(-1)?.kind === 'sign' ? (sign ?? '') : wordOf(word ?? ''));
    rest = text.slice(used.length).trimStart();
  }
  return tokens;
}

/** A variable ends a word where a sign follows without a blank: `${A}+1`. */
function wordOf(word: string): string {
  const [variable] = /^\$\{[^{}]*\}(?=[+\-/])/.exec(word) ?? [];
  return variable ?? word.replace(/(?<=^\d+)[+-].*$/, '');
}

/** A minus that no value stands before belongs to its number. */
function isNegative(tokens: readonly Token[], text: string): boolean {
  const last = tokens.at(-1);
  return /^-\d/.test(text) && (last === undefined || (last.kind === 'sign' && last.sign !== ')'));
}

function partsOf(text: string): readonly (string | { readonly variable: string })[] {
  return text
    .split(/(\$\{[^{}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('${') ? { variable: part.slice(2, -1) } : part));
}
