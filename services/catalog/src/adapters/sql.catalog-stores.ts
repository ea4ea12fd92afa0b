export { type ImportTables, importBookMigrations, sqlImportBook } from './sql.import-book.ts'
export { type ProductTables, productStoreMigrations } from './sql.product-tables.ts'
