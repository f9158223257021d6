import { describe, expect, it } from 'vitest';
import {
  argumentsOf,
  findExtension,
  matches,
  parseDialplan,
} from '../../../../shared/import/asterisk/parse-dialplan.ts';
import { substitute } from '../../../../shared/import/asterisk/substitute.ts';

/** Steps of a context's extension as `priority[ label] app(args)`. */
function steps(text: string, exten = 's', context = 'a'): string[] {
  const found = findExtension(parseDialplan(`[${context}]\n${text}`), context, exten);
  return (found?.extension.steps ?? []).map(
    ({ priority, label, app, args }) => `${priority}${label === null ? '' : ` ${label}`} ${app}(${args})`,
  );
}

describe('extensions.conf', () => {
  it.each([
    ['exten => s,1,Answer()\nexten => s,n,Hangup()', ['1 Answer()', '2 Hangup()']],
    ['exten = s,1,Answer\nsame = n(end),Hangup(16)', ['1 Answer()', '2 end Hangup(16)']],
    ['exten => s,1,A()\nsame => n+2(far),B()\nsame => s(near),C()', ['1 A()', '4 far B()', '4 near C()']],
    ['exten => s,2,B()\nexten => s,1,A()', ['1 A()', '2 B()']],
    ['exten => s,1,Dial(SIP/1,20,L(60000:30000)) ; calls\n;exten => s,2,No()', ['1 Dial(SIP/1,20,L(60000:30000))']],
    ['exten => s,1,Set(A=x\\;y)', ['1 Set(A=x;y)']],
    [';-- exten => s,1,No()\nexten => s,2,No() --;\nexten => s,1,Yes()', ['1 Yes()']],
    ['exten => s,hint,SIP/1\nexten => s,1,A()', ['1 A()']],
    ['exten => s,1,Background,a|b', ['1 Background(a|b)']],
  ])('reads %j', (text, expected) => expect(steps(text)).toEqual(expected));

  it('has a context in several parts, includes, globals, and what it does not read', () => {
    const plan = parseDialplan(
      '[globals]\nX=1\n[a]\nexten => 1,1,A()\n[b]\n[a]\ninclude => b,9:00-17:00,*,*,*\nswitch => Realtime\n#exec x',
    );
    expect([...plan.contexts.keys()]).toEqual(['a', 'b']);
    expect(plan.contexts.get('a')?.includes).toEqual(['b']);
    expect(plan.globals.get('X')).toBe('1');
    expect(plan.notRead).toEqual(['switch => Realtime', '#exec x']);
  });

  it.each([
    ['_X.', '12', true],
    ['_X.', '1', false],
    ['_X', '*', false],
    ['_Z', '0', false],
    ['_N', '1', false],
    ['_1[0-5]X', '157', true],
    ['_1[0-5]X', '167', false],
    ['_[*#]', '*', true],
    ['_+48.', '+48221', true],
    ['_555-1234', '5551234', true],
    ['_s-.', 's-BUSY', true],
    ['_X!', '1', true],
    ['_[9-1]', '5', false],
  ])('%s covers %s: %s', (pattern, dialled, expected) => expect(matches(pattern, dialled)).toBe(expected));

  it('goes to an exact extension before a narrow pattern before a wide one, then to includes', () => {
    const text = ['_X.', '_10X', '_1XX', '101'].map((pattern) => `exten => ${pattern},1,NoOp(${pattern})`).join('\n');
    const named = (exten: string) => steps(text, exten)[0];
    expect(['101', '102', '111', '999'].map(named)).toEqual([
      '1 NoOp(101)',
      '1 NoOp(_10X)',
      '1 NoOp(_1XX)',
      '1 NoOp(_X.)',
    ]);
    expect(steps('include => b\n[b]\nexten => 5,1,B()', '5')).toEqual(['1 B()']);
  });

  it('splits arguments outside brackets and quotes', () => {
    expect(argumentsOf('a, b(c,d) ,"e,f",')).toEqual(['a', 'b(c,d)', '"e,f"', '']);
  });

  it('fills in what is known, from the inside out', () => {
    const known = new Map([
      ['EXTEN', '48123'],
      ['A', 'EXTEN'],
      ['S', 'BUSY'],
    ]);
    expect(substitute('${EXTEN:2} ${EXTEN:-2} ${EXTEN:1:2} ${${A}} s-${S} ${NO}', known)).toBe(
      '123 23 81 48123 s-BUSY ${NO}',
    );
    expect(substitute('${A}', new Map([['A', '${A}']]))).toBe('${A}');
  });
});
