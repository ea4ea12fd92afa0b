export {
  type DemoProduct,
  type DemoShopOptions,
  demoShopFailure,
  generateDemoShop,
  writeDemoShop,
} from './demo-shop.ts'
