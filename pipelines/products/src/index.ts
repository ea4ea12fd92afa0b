export { type CsvBatch, type CsvRecord, columnPositions, readCsv } from './csv-records.ts'
export { cutAtWord } from './cut-text.ts'
export { type FieldMapping, isObject, type JsonObject, noMapping, parseFieldMapping } from './field-mapping.ts'
export { hashOfFile, partName } from './file-identity.ts'
export { importFailure } from './import-failure.ts'
export {
  counts,
  distinctIds,
  type ImportProductsOptions,
  importProducts,
  productCells,
  productColumns,
  speed,
} from './import-products.ts'
export type { ImportProgress, ImportSummary } from './import-summary.ts'
export { productLineConverter, textOfLine } from './json-line.ts'
export { type FileFault, fileSize, type Line, readLines } from './line-reader.ts'
export { type LoadBatch, type LoadOutcome, lastRowPerId, loadProducts } from './load-products.ts'
export { hasMarkup, plainText } from './plain-text.ts'
export { type ProductRowOptions, type RowOutcome, readProductRow, rejectedRow } from './product-row.ts'
export { type RejectedRow, type RejectedRows, rejectedRows } from './rejected-rows.ts'
export { firstRecording, type Staged, type StagedLine, stageRows } from './stage-rows.ts'
