import type { Department } from '../department.ts'

const skin = { 'skin type': ['All', 'Dry', 'Oily', 'Sensitive'] }

export const beauty: Department = {
  name: 'Beauty',
  brands: ['Lumelle', 'Seoha', 'Flor de Sal', 'Verbena Lane', 'Isola', 'Muguet'],
  lines: ['Aura', 'Petal', 'Calm', 'Glow', 'Botanica', 'Dew', 'Ritual'],
  hasModelNumbers: false,
  featureStyle: 'with',
  colours: [],
  remarks: [
    'Dermatologically tested and free of parabens.|피부과 테스트를 마쳤으며 파라벤이 없습니다.|Dermatologicamente testado e sem parabenos.',
    'A small amount is enough.|소량만 사용해도 충분합니다.|Uma pequena quantidade é suficiente.',
    'The packaging is recyclable.|재활용할 수 있는 용기를 사용했습니다.|A embalagem é reciclável.',
  ],
  kinds: [
    {
      category: ['Skin Care', 'Serums'],
      name: 'Face Serum|페이스 세럼|Sérum Facial|m',
      price: [12, 89],
      features: [
        'Vitamin C|비타민 C|Vitamina C',
        'Hyaluronic Acid|히알루론산|Ácido Hialurônico',
        'Niacinamide|나이아신아마이드|Niacinamida',
        'Retinol|레티놀|Retinol',
      ],
      measure: { attribute: 'volume', values: ['15 ml', '30 ml', '50 ml'] },
      attributes: skin,
    },
    {
      category: ['Skin Care', 'Moisturisers'],
      name: 'Moisturising Cream|수분 크림|Creme Hidratante|m',
      price: [9, 79],
      features: [
        'Ceramides|세라마이드|Ceramidas',
        'Aloe Vera|알로에 베라|Aloe Vera',
        'Shea Butter|시어버터|Manteiga de Karité',
        'Green Tea|녹차 추출물|Chá-Verde',
      ],
      measure: { attribute: 'volume', values: ['50 ml', '75 ml', '200 ml'] },
      attributes: skin,
    },
    {
      category: ['Skin Care', 'Sunscreens'],
      name: 'Sunscreen SPF 50|선크림 SPF50+|Protetor Solar FPS 50|m',
      price: [9, 49],
      features: [
        'Matt Finish|무광 마무리|Acabamento Seco',
        'Mineral Filters|무기 자외선 차단 성분|Filtros Minerais',
        'Vitamin E|비타민 E|Vitamina E',
      ],
      measure: { attribute: 'volume', values: ['40 ml', '50 ml', '120 ml'] },
      attributes: skin,
    },
    {
      category: ['Hair Care', 'Shampoos'],
      name: 'Shampoo|샴푸|Xampu|m',
      price: [6, 39],
      features: [
        'Argan Oil|아르간 오일|Óleo de Argan',
        'Keratin|케라틴|Queratina',
        'Biotin|비오틴|Biotina',
        'Tea Tree Oil|티트리 오일|Óleo de Melaleuca',
      ],
      measure: { attribute: 'volume', values: ['250 ml', '400 ml', '750 ml'] },
      attributes: { 'hair type': ['All', 'Dry', 'Curly', 'Fine'] },
    },
    {
      category: ['Make-Up', 'Lipsticks'],
      name: 'Lipstick|립스틱|Batom|m',
      price: [7, 45],
      features: [
        'Matt Finish|매트 마무리|Acabamento Matte',
        'Jojoba Oil|호호바 오일|Óleo de Jojoba',
        'Satin Finish|새틴 마무리|Acabamento Acetinado',
      ],
      measure: { attribute: 'shade', values: ['No. 01', 'No. 02', 'No. 05', 'No. 08', 'No. 12'] },
      attributes: { finish: ['Matt', 'Satin', 'Gloss'] },
    },
    {
      category: ['Fragrance', 'Eau de Parfum'],
      name: 'Eau de Parfum|오 드 퍼퓸|Eau de Parfum|m',
      price: [29, 179],
      features: [
        'Jasmine Notes|재스민 향|Notas de Jasmim',
        'Citrus Notes|시트러스 향|Notas Cítricas',
        'Sandalwood Notes|샌달우드 향|Notas de Sândalo',
        'Rose Notes|장미 향|Notas de Rosa',
      ],
      measure: { attribute: 'volume', values: ['30 ml', '50 ml', '100 ml'] },
      attributes: { gender: ['Women', 'Men', 'Unisex'] },
    },
  ],
}
