import { type AnnotatedQuery, brand, category, colour, measure, price, size } from './annotated-query.ts'

const inDemoShop: readonly [string, AnnotatedQuery['slots']][] = [
  ['fone de ouvido norvane até 100 dólares', [brand('Norvane'), price(null, 100, 'USD')]],
  ['tênis de corrida preto tamanho 42', [colour('Black'), size('42')]],
  ['geladeira branca 300 litros', [colour('White'), measure(300, 'L')]],
  ['chaleira elétrica de 1,5 litros', [measure(1.5, 'L')]],
  ['vaso de flores por menos de R$ 50', [category('Home & Living > Decoration > Vases'), price(null, 50, 'BRL')]],
  ['mochila 35 l azul-marinho', [measure(35, 'L'), colour('Navy')]],
  ['camiseta cinza tam. M', [colour('Grey'), size('M')]],
  ['notebook 16 gb entre 500 e 900 dólares', [measure(16, 'GB'), price(500, 900, 'USD')]],
  ['presente para o dia das mães', []],
  [
    'monitor de 27 polegadas a partir de US$ 1.200',
    [category('Electronics > Computers > Monitors'), measure(27, 'inch'), price(1_200, null, 'USD')],
  ],
]

export const portugueseQueries: readonly AnnotatedQuery[] = inDemoShop.map(
  ([query, slots]) => ({ catalogue: 'demo-shop', language: 'pt', query, slots }) as const,
)
