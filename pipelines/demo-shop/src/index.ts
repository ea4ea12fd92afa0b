export {
  type DemoOrder,
  type DemoPastOptions,
  type DemoStock,
  generateDemoOrders,
  generateDemoStock,
} from './demo-past.ts'
export {
  type DemoProduct,
  type DemoShopOptions,
  demoShopFailure,
  generateDemoShop,
  writeDemoShop,
} from './demo-shop.ts'
