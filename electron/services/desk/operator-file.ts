import { type OperatorRecords, OperatorRecordsSchema } from '../../../shared/bridge/desk.ts';
import type { Logger } from '../../../shared/lib/logger.ts';
import { KeptFile } from '../kept-file.ts';

/** What people chose, on disk. */
export class OperatorFile extends KeptFile<OperatorRecords> {
  constructor(path: string, logger: Logger) {
    super({ path, logger, schema: OperatorRecordsSchema, empty: {}, area: 'desk' });
  }
}
