/**
 * Registers as the workbench holds them: the server's answer with its file's shape.
 *
 * Always true: everything else that the routes take and give is generated from the server's types. Deliberately not
 * here: the routes.
 */
import type { RegisterInfo as Answered } from '../../../shared/generated'
import type { RegisterFile } from '../../../shared/register_file'

export type {
  CountyList,
  ExportRequest,
  Label,
  ListItem,
  ListVersion,
  RecordDetail,
  RecordEdit,
  RecordPage,
  RecordRow,
  RegisterFault,
} from '../../../shared/generated'

/** One register; the server has checked that its file is one. */
export type RegisterInfo = Omit<Answered, 'source'> & { source: RegisterFile }
