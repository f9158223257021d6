import { z } from 'zod';
import { AssignmentSchema } from '../expression.ts';
import type { NodeDefinition } from '../node-definition.ts';

/** Field names as in RFC 9110, section 5.6.2; those that belong to the connection are ours. */
const HeaderNameSchema = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/, 'a header name: letters, digits and "-"')
  .refine((name) => !/^(host|content-length|connection|transfer-encoding|upgrade|te)$/i.test(name), 'set by itself');

export const REQUEST_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Settings of asking a web service; meaning: engine/SPEC.md, rules HT*. */
export const RequestSchema = z.strictObject({
  method: z.enum(REQUEST_METHODS).default('GET'),
  /** http or https; may have places for values, e.g. `https://crm.example/customers/{customer}`. */
  url: z.string().max(2000),
  headers: z
    .array(
      z.strictObject({
        name: HeaderNameSchema,
        value: z
          .string()
          .max(2000)
          .regex(/^[^\r\n]*$/, 'one line only'),
      }),
    )
    .max(20)
    .default([]),
  /** JSON with places for values inside its quotes. */
  body: z.string().max(20_000).optional(),
  timeoutMs: z.number().int().min(100).max(10_000).default(5000),
  /** What is remembered of the answer, e.g. `response.body.balance`. */
  assignments: z.array(AssignmentSchema).max(20).default([]),
});
export type RequestData = z.infer<typeof RequestSchema>;

/** Asks a web service and goes on by how it answers. */
export const requestNode: NodeDefinition<'request', typeof RequestSchema> = {
  type: 'request',
  schema: RequestSchema,
  create: () => RequestSchema.parse({ url: '' }),
  outputs: () => [
    { id: 'success', kind: 'outcome', need: 'required' },
    { id: 'client-error', kind: 'outcome', need: 'optional' },
    { id: 'server-error', kind: 'outcome', need: 'optional' },
    { id: 'timeout', kind: 'outcome', need: 'optional' },
    { id: 'network-error', kind: 'outcome', need: 'optional' },
    { id: 'bad-response', kind: 'outcome', need: 'optional' },
  ],
  references: (data) => data.assignments.map(({ variable }) => ({ to: 'variable', id: variable })),
};
