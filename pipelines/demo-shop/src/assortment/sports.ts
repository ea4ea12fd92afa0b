import { type Department, metalColours } from '../department.ts'

export const sports: Department = {
  name: 'Sports & Outdoors',
  brands: ['Altura', 'Peakline', 'Ganghan', 'Ventoso', 'Ridgeway', 'Kavara'],
  lines: ['Summit', 'Trail', 'Active', 'Core', 'Explorer', 'Flow', 'Pro'],
  hasModelNumbers: true,
  featureStyle: 'with',
  colours: [...metalColours, 'Orange|오렌지|Laranja', 'Green|그린|Verde', 'Blue|블루|Azul'],
  remarks: [
    'Built for frequent use.|자주 사용해도 튼튼합니다.|Feito para uso frequente.',
    'Suitable for beginners and for regular training.|입문자부터 꾸준히 운동하는 분까지 두루 적합합니다.|Indicado para iniciantes e para treinos regulares.',
    'Easy to clean and store.|세척과 보관이 간편합니다.|Fácil de limpar e guardar.',
  ],
  kinds: [
    {
      category: ['Camping', 'Tents'],
      name: 'Camping Tent|캠핑 텐트|Barraca de Camping|f',
      price: [59, 499],
      features: [
        'Waterproof Flysheet|방수 플라이|Sobreteto Impermeável',
        'Quick Setup|간편 설치|Montagem Rápida',
        'Two Entrances|양쪽 출입구|Duas Entradas',
      ],
      measure: { attribute: 'capacity', values: ['2 persons', '3 persons', '4 persons', '6 persons'] },
      attributes: { season: ['3 seasons', '4 seasons'] },
    },
    {
      category: ['Camping', 'Backpacks'],
      name: 'Hiking Backpack|등산 배낭|Mochila de Trilha|f',
      price: [39, 249],
      features: [
        'Rain Cover|레인 커버|Capa de Chuva',
        'Ventilated Back|통풍 등판|Costas Ventiladas',
        'Hip Belt|허리 벨트|Barrigueira',
      ],
      measure: { attribute: 'volume', values: ['20 L', '35 L', '50 L', '65 L'] },
      attributes: { material: ['Nylon', 'Polyester'] },
    },
    {
      category: ['Camping', 'Sleeping Bags'],
      name: 'Sleeping Bag|침낭|Saco de Dormir|m',
      price: [35, 279],
      features: [
        'Down Filling|다운 충전재|Enchimento de Pluma',
        'Compression Sack|압축 주머니|Saco de Compressão',
        'Two-Way Zip|양방향 지퍼|Zíper Duplo',
      ],
      measure: { attribute: 'comfort temperature', values: ['-5 °C', '0 °C', '5 °C', '10 °C'] },
      attributes: { shape: ['Mummy', 'Rectangular'] },
    },
    {
      category: ['Fitness', 'Yoga Mats'],
      name: 'Yoga Mat|요가 매트|Tapete de Ioga|m',
      price: [15, 89],
      features: [
        'Carrying Strap|휴대용 스트랩|Alça de Transporte',
        'Non-Slip Surface|미끄럼 방지 표면|Superfície Antiderrapante',
        'Alignment Lines|정렬 가이드 라인|Linhas de Alinhamento',
      ],
      measure: { attribute: 'thickness', values: ['4 mm', '6 mm', '8 mm', '10 mm'] },
      attributes: { material: ['TPE', 'Natural rubber', 'Cork'] },
    },
    {
      category: ['Fitness', 'Dumbbells'],
      name: 'Adjustable Dumbbell|조절식 덤벨|Halter Ajustável|m',
      price: [39, 349],
      features: [
        'Dial Lock|다이얼 잠금|Trava por Disco',
        'Rubber Coating|고무 코팅|Revestimento de Borracha',
        'Storage Tray|보관 트레이|Base de Apoio',
      ],
      measure: { attribute: 'weight', values: ['10 kg', '20 kg', '24 kg', '32 kg'] },
      attributes: { material: ['Steel', 'Cast iron'] },
    },
    {
      category: ['Cycling', 'Helmets'],
      name: 'Bike Helmet|자전거 헬멧|Capacete de Bicicleta|m',
      price: [25, 199],
      features: [
        'Rear Light|후미등|Luz Traseira',
        'Magnetic Buckle|자석 버클|Fivela Magnética',
        'Sun Visor|햇빛 가리개|Viseira',
      ],
      measure: { attribute: 'size', values: ['52–56 cm', '55–59 cm', '58–62 cm'] },
      attributes: { use: ['City', 'Road', 'Mountain'] },
    },
    {
      category: ['Hydration', 'Water Bottles'],
      name: 'Insulated Water Bottle|보온 물병|Garrafa Térmica|f',
      price: [12, 59],
      features: [
        'Straw Lid|빨대 뚜껑|Tampa com Canudo',
        'Carrying Loop|휴대용 고리|Alça de Transporte',
        'Double Wall|이중 구조|Parede Dupla',
      ],
      measure: { attribute: 'volume', values: ['500 ml', '750 ml', '1 L'] },
      attributes: { material: ['Stainless steel', 'Tritan'] },
    },
  ],
}
