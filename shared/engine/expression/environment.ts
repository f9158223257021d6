import { Environment } from '@marcbachmann/cel-js';
import type { Variables, VariableType } from '../../flow/variables.ts';

/** Where an expression stands: in a call, or where a web service has answered (`response` is known there too). */
export type Place = 'call' | 'response';

const CEL_TYPES: Readonly<Record<VariableType, string>> = { text: 'string', number: 'double', 'yes-no': 'bool' };

/** Sizes beyond which an expression is refused; a person does not write larger ones. */
const LIMITS = { maxAstNodes: 500, maxDepth: 50, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

type Arithmetic = (a: number, b: number) => number;
const ARITHMETIC: readonly (readonly [string, Arithmetic])[] = [
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => a % b],
];

/** The language without any variables: CEL, and numbers of both kinds may be mixed (`count + 1`). */
const base = withMixedNumbers(new Environment({ limits: LIMITS }))
  .registerVariable({ name: 'caller', schema: { number: 'string', name: 'string' } })
  .registerVariable({ name: 'call', schema: { number: 'string' } });

function withMixedNumbers(environment: Environment): Environment {
  for (const [sign, work] of ARITHMETIC) {
    environment.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => work(a, Number(b)));
    environment.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => work(Number(a), b));
  }
  environment.registerOperator('double % double: double', (a: number, b: number) => a % b);
  return environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
}

/** The language with a project's variables. */
export function environmentFor(variables: Variables, place: Place): Environment {
  const environment = base.clone();
  for (const [name, { type }] of Object.entries(variables)) environment.registerVariable(name, CEL_TYPES[type]);
  if (place === 'response') environment.registerVariable('response', 'dyn');
  return environment;
}
