import { type Department, metalColours } from '../department.ts'

export const electronics: Department = {
  name: 'Electronics',
  brands: ['Norvane', 'Kestrix', 'Lumora', 'Hanbit', 'Voltera', 'Quillon'],
  lines: ['Aero', 'Pulse', 'Vertex', 'Orbit', 'Nova', 'Echo', 'Prime', 'Flux'],
  hasModelNumbers: true,
  featureStyle: 'with',
  colours: metalColours,
  remarks: [
    'The box includes a quick start guide and a two-year warranty card.|간편 설명서와 2년 보증서가 함께 제공됩니다.|Acompanha guia rápido e garantia de dois anos.',
    'Made for everyday use at home, at work and on the road.|집과 사무실, 이동 중에도 편하게 사용할 수 있습니다.|Feito para o uso diário em casa, no trabalho e em viagens.',
    'Ready to use in minutes.|몇 분이면 바로 사용할 수 있습니다.|Pronto para usar em poucos minutos.',
  ],
  kinds: [
    {
      category: ['Audio', 'Headphones'],
      name: 'Wireless Headphones|무선 헤드폰|Fone de Ouvido sem Fio|m',
      price: [29, 349],
      features: [
        'Noise Cancelling|노이즈 캔슬링|Cancelamento de Ruído',
        'Fast Charging|고속 충전|Carregamento Rápido',
        'Low Latency Mode|저지연 모드|Modo de Baixa Latência',
      ],
      measure: { attribute: 'battery life', values: ['20 h', '30 h', '40 h', '60 h'] },
      attributes: { connectivity: ['Bluetooth 5.2', 'Bluetooth 5.3'], 'wearing style': ['Over-ear', 'On-ear'] },
    },
    {
      category: ['Audio', 'Earbuds'],
      name: 'Wireless Earbuds|무선 이어폰|Fone Intra-auricular sem Fio|m',
      price: [19, 229],
      features: [
        'Noise Cancelling|노이즈 캔슬링|Cancelamento de Ruído',
        'Water Resistance|생활 방수|Resistência à Água',
        'Wireless Charging|무선 충전|Carregamento sem Fio',
      ],
      measure: { attribute: 'battery life', values: ['6 h', '8 h', '10 h'] },
      attributes: { connectivity: ['Bluetooth 5.2', 'Bluetooth 5.3'], 'wearing style': ['In-ear'] },
    },
    {
      category: ['Audio', 'Speakers'],
      name: 'Portable Speaker|휴대용 스피커|Caixa de Som Portátil|f',
      price: [25, 299],
      features: [
        'Deep Bass|딥 베이스|Graves Profundos',
        'Water Resistance|생활 방수|Resistência à Água',
        'Stereo Pairing|스테레오 페어링|Pareamento Estéreo',
      ],
      measure: { attribute: 'output power', values: ['10 W', '20 W', '40 W', '80 W'] },
      attributes: { connectivity: ['Bluetooth 5.1', 'Bluetooth 5.3', 'Wi-Fi'] },
    },
    {
      category: ['Computers', 'Laptops'],
      name: 'Laptop|노트북|Notebook|m',
      price: [399, 2_199],
      features: [
        'Backlit Keyboard|백라이트 키보드|Teclado Retroiluminado',
        'Touchscreen|터치스크린|Tela Sensível ao Toque',
        'Fingerprint Reader|지문 인식|Leitor de Digitais',
      ],
      measure: { attribute: 'display size', values: ['13.3 in', '14 in', '15.6 in', '16 in'] },
      attributes: { memory: ['8 GB', '16 GB', '32 GB'], storage: ['256 GB SSD', '512 GB SSD', '1 TB SSD'] },
    },
    {
      category: ['Computers', 'Monitors'],
      name: 'Monitor|모니터|Monitor|m',
      price: [119, 899],
      features: [
        'USB-C|USB-C|USB-C',
        'Height Adjustment|높이 조절|Ajuste de Altura',
        'Built-in Speakers|내장 스피커|Alto-falantes Integrados',
      ],
      measure: { attribute: 'display size', values: ['24 in', '27 in', '32 in', '34 in'] },
      attributes: {
        resolution: ['1920 x 1080', '2560 x 1440', '3840 x 2160'],
        'refresh rate': ['60 Hz', '75 Hz', '144 Hz'],
      },
    },
    {
      category: ['Computers', 'Keyboards'],
      name: 'Mechanical Keyboard|기계식 키보드|Teclado Mecânico|m',
      price: [39, 219],
      features: [
        'RGB Lighting|RGB 조명|Iluminação RGB',
        'Hot-Swap Switches|핫스왑 스위치|Switches Substituíveis',
        'Wrist Rest|손목 받침대|Apoio de Pulso',
      ],
      attributes: { layout: ['60 %', '75 %', 'Full size'], switches: ['Red', 'Brown', 'Blue'] },
    },
    {
      category: ['Phones & Wearables', 'Smartphones'],
      name: 'Smartphone|스마트폰|Smartphone|m',
      price: [149, 1_199],
      features: [
        'Fast Charging|고속 충전|Carregamento Rápido',
        'Triple Camera|트리플 카메라|Câmera Tripla',
        'Dual SIM|듀얼 심|Dois Chips',
      ],
      measure: { attribute: 'storage', values: ['64 GB', '128 GB', '256 GB', '512 GB'] },
      attributes: { 'display size': ['6.1 in', '6.5 in', '6.7 in'], memory: ['4 GB', '6 GB', '8 GB', '12 GB'] },
    },
    {
      category: ['Phones & Wearables', 'Smartwatches'],
      name: 'Smartwatch|스마트워치|Relógio Inteligente|m',
      price: [49, 429],
      features: [
        'Built-in GPS|GPS 내장|GPS Integrado',
        'Heart Rate Sensor|심박 센서|Sensor Cardíaco',
        'Sleep Tracking|수면 측정|Monitoramento do Sono',
      ],
      measure: { attribute: 'case size', values: ['40 mm', '42 mm', '44 mm', '46 mm'] },
      attributes: { 'water resistance': ['3 ATM', '5 ATM'] },
    },
    {
      category: ['Phones & Wearables', 'Power Banks'],
      name: 'Power Bank|보조배터리|Carregador Portátil|m',
      price: [15, 99],
      features: [
        'Fast Charging|고속 충전|Carregamento Rápido',
        'Digital Display|디지털 표시창|Visor Digital',
        'Two USB-C Ports|USB-C 포트 2개|Duas Portas USB-C',
      ],
      measure: { attribute: 'capacity', values: ['5,000 mAh', '10,000 mAh', '20,000 mAh'] },
      attributes: { 'output power': ['18 W', '30 W', '65 W'] },
    },
    {
      category: ['Cameras', 'Mirrorless Cameras'],
      name: 'Mirrorless Camera|미러리스 카메라|Câmera Mirrorless|f',
      price: [449, 2_499],
      features: [
        'Image Stabilisation|손떨림 보정|Estabilização de Imagem',
        '4K Video|4K 동영상|Vídeo em 4K',
        'Tilting Screen|틸트 스크린|Tela Articulada',
      ],
      measure: { attribute: 'sensor resolution', values: ['20 MP', '24 MP', '33 MP'] },
      attributes: { 'sensor size': ['Micro Four Thirds', 'APS-C', 'Full frame'] },
    },
  ],
}
