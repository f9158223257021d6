import { z } from 'zod';
import { VariableNameSchema } from './variables.ts';

/** An expression in the Common Expression Language; what it means is checked when the project is lowered. */
export const ExpressionSchema = z.string().max(1000);

/** A variable and what it is set to. */
export const AssignmentSchema = z.strictObject({ variable: VariableNameSchema, expression: ExpressionSchema });
export type Assignment = z.infer<typeof AssignmentSchema>;
