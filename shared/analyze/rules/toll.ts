import { countryCodeOf, isPremium } from '../toll.ts';
import type { Rule } from './rule.ts';

/** CK14: forwarding outside that strangers can make expensive: whoever calls makes this telephone system call. */
export const toll: Rule = ({ project, program, placed, report }) => {
  const home = new Set(Object.values(project.numbers).flatMap(({ number }) => countryCodeOf(number) ?? []));
  const judge = (number: string, at: Parameters<typeof report>[1]['at']) => {
    const country = countryCodeOf(number);
    const where = at === undefined ? {} : { at };
    if (isPremium(number)) {
      const message = `${number} is a premium-rate number: every caller who gets here costs extra.`;
      report('check/toll-premium', { message, params: { number }, ...where });
    } else if (country !== null && home.size > 0 && !home.has(country)) {
      const message = `${number} is abroad (+${country}): callers can run up the cost of calls there.`;
      report('check/toll-abroad', { message, params: { number, country: `+${country}` }, ...where });
    }
  };
  for (const { op, at } of placed) if (op.op === 'dial' && op.external) judge(op.external.number, at);
  for (const { defaultHandling } of Object.values(program.numbers)) {
    const op = program.ops[defaultHandling];
    if (op?.op === 'dial' && op.external) judge(op.external.number, undefined);
  }
};
