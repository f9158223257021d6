import type { RequestOp } from '../../engine/program.ts';
import { namesIn } from '../../flow/template.ts';
import { lookup } from '../../lib/record.ts';
import { promptKeysOf } from '../prompt-keys.ts';
import type { Rule, RuleContext } from './rule.ts';

/** CK15, CK16: what must stay between the caller and us, said aloud or sent where others can read it. */
export const secrets: Rule = (context) => {
  const { program, placed, report } = context;
  for (const { op, at } of placed) {
    for (const key of promptKeysOf(op)) {
      const source = lookup(program.prompts, key);
      for (const variable of source?.kind === 'text' ? secretsIn(context, source.text) : []) {
        const message = `The secret "${variable}" is read aloud here: whoever stands by hears it.`;
        report('check/secret-spoken', { message, params: { variable }, at });
      }
    }
    if (op.op === 'request') judge(context, op, at);
  }
};

function judge(context: RuleContext, op: RequestOp, at: { readonly flowId: string; readonly nodeId: string }): void {
  const others = [...op.headers.map(({ value }) => value), op.body ?? ''];
  const inUrl = secretsIn(context, op.url);
  for (const variable of inUrl) {
    const message = `The secret "${variable}" is part of an address: servers write addresses into their logs.`;
    context.report('check/secret-in-address', { message, params: { variable }, at });
  }
  if (!/^http:/i.test(op.url) || isThisMachine(op.url)) return;
  for (const variable of new Set([...inUrl, ...others.flatMap((text) => secretsIn(context, text))])) {
    const message = `The secret "${variable}" is sent without encryption: use https.`;
    context.report('check/secret-in-clear', { message, params: { variable }, at });
  }
}

/** Names in a text that stand for secrets: variables marked so, and the driver's own. */
function secretsIn({ program }: RuleContext, text: string): readonly string[] {
  return namesIn(text).filter((name) => name.startsWith('secret.') || lookup(program.variables, name)?.secret);
}

/** Whether what is sent does not leave the machine. */
function isThisMachine(url: string): boolean {
  return /^http:\/\/(localhost|127(\.[0-9]+){3}|\[::1\])([:/?#]|$)/i.test(url);
}
