export { type ImportTables, sqliteImportBook, sqliteImportBookMigrations } from './sqlite.import-book.ts'
export { type ProductTables, sqliteProductStore, sqliteProductStoreMigrations } from './sqlite.product-store.ts'
