import { clothColours, type Department } from '../department.ts'

const clothesSizes = ['XS', 'S', 'M', 'L', 'XL']

export const fashion: Department = {
  name: 'Fashion',
  brands: ['Alba & Rue', 'Marlowe', 'Solenne', 'Hyeon', 'Rio Claro', 'Fenwright'],
  lines: ['Harbor', 'Meadow', 'Atelier', 'Weekend', 'Studio', 'Heritage', 'Urban'],
  hasModelNumbers: false,
  featureStyle: 'trait',
  colours: clothColours,
  remarks: [
    'Carefully finished to last for years.|꼼꼼하게 마감해 오래 사용할 수 있습니다.|O acabamento cuidadoso garante maior durabilidade.',
    'It goes with casual and formal outfits alike.|캐주얼과 정장 차림 모두에 잘 어울립니다.|Combina com looks casuais e formais.',
    'Please read the care instructions before first use.|처음 사용하기 전에 관리 방법을 확인해 주세요.|Leia as instruções de conservação antes do primeiro uso.',
  ],
  kinds: [
    {
      category: ['Women', 'Dresses'],
      name: 'Midi Dress|미디 원피스|Vestido Midi|m',
      price: [29, 189],
      features: [
        'A-Line Cut|A라인|Corte Evasê',
        'Floral Print|플라워 패턴|Estampa Floral',
        'Long Sleeves|긴소매|Manga Longa',
        'Square Neck|스퀘어넥|Decote Quadrado',
      ],
      attributes: { material: ['Cotton', 'Linen', 'Viscose'], season: ['Spring', 'Summer', 'Autumn'] },
      sizes: clothesSizes,
    },
    {
      category: ['Women', 'Blouses'],
      name: 'Blouse|블라우스|Blusa|f',
      price: [19, 109],
      features: [
        'Relaxed Fit|릴랙스 핏|Modelagem Solta',
        'Ruffled Sleeves|러플 소매|Manga com Babado',
        'V-Neck|브이넥|Decote em V',
        'Polka Dots|도트 패턴|Estampa de Poá',
      ],
      attributes: { material: ['Cotton', 'Silk', 'Viscose'], season: ['Spring', 'Summer'] },
      sizes: clothesSizes,
    },
    {
      category: ['Women', 'Skirts'],
      name: 'Pleated Skirt|플리츠 스커트|Saia Plissada|f',
      price: [25, 119],
      features: [
        'High Waist|하이웨이스트|Cintura Alta',
        'Knee Length|무릎 길이|Comprimento no Joelho',
        'Side Zip|사이드 지퍼|Zíper Lateral',
      ],
      attributes: { material: ['Polyester', 'Wool', 'Viscose'], season: ['Spring', 'Autumn'] },
      sizes: clothesSizes,
    },
    {
      category: ['Men', 'Shirts'],
      name: 'Linen Shirt|린넨 셔츠|Camisa de Linho|f',
      price: [25, 129],
      features: [
        'Regular Fit|레귤러 핏|Modelagem Reta',
        'Slim Fit|슬림 핏|Modelagem Ajustada',
        'Mandarin Collar|차이나 칼라|Gola Padre',
        'Short Sleeves|반소매|Manga Curta',
      ],
      attributes: { material: ['Linen'], season: ['Spring', 'Summer'] },
      sizes: ['S', 'M', 'L', 'XL', 'XXL'],
    },
    {
      category: ['Men', 'Jeans'],
      name: 'Denim Jeans|데님 청바지|Calça Jeans|f',
      price: [35, 149],
      features: [
        'Straight Cut|스트레이트 핏|Corte Reto',
        'Tapered Cut|테이퍼드 핏|Corte Cônico',
        'Stretch Denim|스트레치 데님|Jeans com Elastano',
      ],
      attributes: { material: ['Cotton'], rise: ['Low', 'Mid', 'High'] },
      sizes: ['28', '30', '32', '34', '36'],
    },
    {
      category: ['Unisex', 'T-Shirts'],
      name: 'Cotton T-Shirt|면 티셔츠|Camiseta de Algodão|f',
      price: [9, 49],
      features: [
        'Crew Neck|라운드넥|Gola Redonda',
        'Oversized Fit|오버핏|Modelagem Ampla',
        'Front Pocket|앞주머니|Bolso Frontal',
        'Organic Cotton|유기농 면|Algodão Orgânico',
      ],
      attributes: { material: ['Cotton'], season: ['Summer', 'All year'] },
      sizes: clothesSizes,
    },
    {
      category: ['Unisex', 'Jackets'],
      name: 'Padded Jacket|패딩 재킷|Jaqueta Acolchoada|f',
      price: [59, 329],
      features: [
        'Detachable Hood|탈부착 후드|Capuz Removível',
        'Water-Repellent Fabric|발수 원단|Tecido Repelente à Água',
        'Lightweight Filling|경량 충전재|Enchimento Leve',
      ],
      attributes: { material: ['Nylon', 'Polyester'], season: ['Winter'] },
      sizes: clothesSizes,
    },
    {
      category: ['Accessories', 'Bags'],
      name: 'Shoulder Bag|숄더백|Bolsa de Ombro|f',
      price: [29, 249],
      features: [
        'Adjustable Strap|길이 조절 스트랩|Alça Ajustável',
        'Inner Pocket|내부 포켓|Bolso Interno',
        'Magnetic Clasp|자석 잠금|Fecho Magnético',
      ],
      attributes: { material: ['Leather', 'Canvas', 'Vegan leather'] },
    },
  ],
}
