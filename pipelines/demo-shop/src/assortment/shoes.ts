import { clothColours, type Department } from '../department.ts'

const women = ['36', '37', '38', '39', '40']
const men = ['40', '41', '42', '43', '44', '45']

export const shoes: Department = {
  name: 'Shoes',
  brands: ['Strida', 'Corvello', 'Northpeak', 'Bommi', 'Passo Firme', 'Ashdown'],
  lines: ['Tempo', 'Strata', 'Loop', 'Canyon', 'Metro', 'Cloud', 'Sprint'],
  hasModelNumbers: false,
  featureStyle: 'trait',
  colours: clothColours,
  remarks: [
    'A cushioned insole supports the foot all day.|쿠션 인솔이 하루 종일 발을 편안하게 받쳐 줍니다.|A palmilha acolchoada apoia o pé o dia todo.',
    'The sole grips well on wet ground.|젖은 바닥에서도 미끄럼을 줄여 줍니다.|O solado tem boa aderência em piso molhado.',
    'True to size.|정사이즈로 주문하시면 됩니다.|A numeração é padrão.',
  ],
  kinds: [
    {
      category: ['Sneakers'],
      name: 'Casual Sneakers|캐주얼 스니커즈|Tênis Casual|m',
      price: [35, 159],
      features: [
        'Leather Upper|가죽 갑피|Cabedal em Couro',
        'Canvas Upper|캔버스 갑피|Cabedal em Lona',
        'Thick Sole|두꺼운 밑창|Solado Alto',
        'Slip-On Design|슬립온|Sem Cadarço',
      ],
      attributes: { closure: ['Laces', 'Slip-on'], gender: ['Unisex'] },
      sizes: [...women, ...men.slice(1)],
    },
    {
      category: ['Running Shoes'],
      name: 'Running Shoes|러닝화|Tênis de Corrida|m',
      price: [49, 229],
      features: [
        'Breathable Mesh|통기성 메시|Malha Respirável',
        'Carbon Plate|카본 플레이트|Placa de Carbono',
        'Responsive Foam|반발 폼|Espuma Responsiva',
        'Wide Fit|와이드 핏|Forma Larga',
      ],
      attributes: { closure: ['Laces'], gender: ['Women', 'Men'], terrain: ['Road', 'Trail'] },
      sizes: men,
    },
    {
      category: ['Boots'],
      name: 'Ankle Boots|앵클부츠|Bota Cano Curto|f',
      price: [59, 259],
      features: [
        'Block Heel|블록 힐|Salto Bloco',
        'Side Zip|사이드 지퍼|Zíper Lateral',
        'Warm Lining|기모 안감|Forro Térmico',
        'Suede Leather|스웨이드 가죽|Couro Camurça',
      ],
      attributes: { gender: ['Women'], 'heel height': ['3 cm', '5 cm', '7 cm'] },
      sizes: women,
    },
    {
      category: ['Boots'],
      name: 'Hiking Boots|등산화|Bota de Trilha|f',
      price: [69, 279],
      features: [
        'Waterproof Membrane|방수 멤브레인|Membrana Impermeável',
        'Ankle Support|발목 지지|Suporte para o Tornozelo',
        'Lightweight Sole|경량 밑창|Solado Leve',
      ],
      attributes: { gender: ['Men', 'Women'], closure: ['Laces'] },
      sizes: men,
    },
    {
      category: ['Sandals'],
      name: 'Leather Sandals|가죽 샌들|Sandália de Couro|f',
      price: [25, 129],
      features: [
        'Adjustable Strap|길이 조절 스트랩|Tira Ajustável',
        'Soft Footbed|푹신한 풋베드|Palmilha Macia',
        'Low Heel|낮은 굽|Salto Baixo',
      ],
      attributes: { gender: ['Women'], season: ['Summer'] },
      sizes: women,
    },
    {
      category: ['Formal Shoes'],
      name: 'Loafers|로퍼|Mocassim|m',
      price: [49, 219],
      features: [
        'Penny Strap|페니 스트랩|Tira Clássica',
        'Tassels|태슬 장식|Detalhe em Franja',
        'Polished Leather|유광 가죽|Couro Polido',
      ],
      attributes: { gender: ['Men', 'Women'], closure: ['Slip-on'] },
      sizes: men,
    },
  ],
}
