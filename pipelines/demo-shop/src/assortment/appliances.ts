import { type Department, metalColours } from '../department.ts'

export const appliances: Department = {
  name: 'Appliances',
  brands: ['Brunholt', 'Casavel', 'Maroni', 'Onsil', 'Tervo', 'Halden'],
  lines: ['Presto', 'Vita', 'Chef', 'Pure', 'Eco', 'Compact', 'Classic'],
  hasModelNumbers: true,
  featureStyle: 'with',
  colours: [...metalColours, 'Red|레드|Vermelh@', 'Cream|크림|Creme'],
  remarks: [
    'It comes with a two-year warranty.|2년 품질 보증이 제공됩니다.|Acompanha garantia de dois anos.',
    'It saves energy and takes up little space.|전력 소모가 적고 자리를 많이 차지하지 않습니다.|Consome pouca energia e ocupa pouco espaço.',
    'Simple controls make it easy for the whole family.|조작이 간단해 온 가족이 쉽게 사용할 수 있습니다.|Os controles simples facilitam o uso por toda a família.',
  ],
  kinds: [
    {
      category: ['Kitchen Appliances', 'Kettles'],
      name: 'Electric Kettle|전기 주전자|Chaleira Elétrica|f',
      price: [19, 129],
      features: [
        'Temperature Control|온도 조절|Controle de Temperatura',
        'Keep-Warm Function|보온 기능|Função Manter Aquecido',
        'Automatic Shut-Off|자동 전원 차단|Desligamento Automático',
      ],
      measure: { attribute: 'capacity', values: ['0.8 L', '1.2 L', '1.5 L', '1.7 L'] },
      attributes: { material: ['Stainless steel', 'Glass', 'Plastic'], power: ['1,500 W', '2,200 W'] },
    },
    {
      category: ['Kitchen Appliances', 'Coffee Machines'],
      name: 'Espresso Machine|에스프레소 머신|Cafeteira Espresso|f',
      price: [89, 799],
      features: [
        'Milk Frother|우유 거품기|Vaporizador de Leite',
        'Built-in Grinder|그라인더 내장|Moedor Integrado',
        '15-Bar Pump|15바 펌프|Bomba de 15 Bar',
      ],
      measure: { attribute: 'capacity', values: ['1 L', '1.5 L', '2 L'] },
      attributes: { power: ['1,100 W', '1,350 W', '1,450 W'] },
    },
    {
      category: ['Kitchen Appliances', 'Air Fryers'],
      name: 'Air Fryer|에어프라이어|Fritadeira sem Óleo|f',
      price: [49, 249],
      features: [
        'Touch Panel|터치 패널|Painel Sensível ao Toque',
        'Viewing Window|투명 창|Visor Transparente',
        'Eight Programmes|8가지 자동 조리|Oito Programas',
      ],
      measure: { attribute: 'capacity', values: ['3.5 L', '4.5 L', '5.5 L', '7 L'] },
      attributes: { power: ['1,400 W', '1,700 W'] },
    },
    {
      category: ['Kitchen Appliances', 'Blenders'],
      name: 'Blender|블렌더|Liquidificador|m',
      price: [29, 219],
      features: [
        'Glass Jar|유리 용기|Jarra de Vidro',
        'Pulse Function|순간 작동 기능|Função Pulsar',
        'Ice-Crushing Blades|얼음 분쇄 칼날|Lâminas para Gelo',
      ],
      measure: { attribute: 'capacity', values: ['1 L', '1.5 L', '2 L'] },
      attributes: { power: ['600 W', '900 W', '1,200 W'] },
    },
    {
      category: ['Kitchen Appliances', 'Rice Cookers'],
      name: 'Rice Cooker|전기밥솥|Panela Elétrica de Arroz|f',
      price: [35, 289],
      features: [
        'Keep-Warm Function|보온 기능|Função Manter Aquecido',
        'Delay Timer|예약 기능|Programação de Início',
        'Non-Stick Bowl|논스틱 내솥|Recipiente Antiaderente',
      ],
      measure: { attribute: 'capacity', values: ['0.6 L', '1 L', '1.8 L'] },
      attributes: { servings: ['3', '6', '10'] },
    },
    {
      category: ['Home Care', 'Vacuum Cleaners'],
      name: 'Cordless Vacuum Cleaner|무선 청소기|Aspirador de Pó sem Fio|m',
      price: [99, 599],
      features: [
        'HEPA Filter|헤파 필터|Filtro HEPA',
        'Wall Mount|벽걸이 거치대|Suporte de Parede',
        'LED Brush|LED 브러시|Escova com LED',
      ],
      measure: { attribute: 'running time', values: ['30 min', '45 min', '60 min'] },
      attributes: { 'dust container': ['0.4 L', '0.6 L'] },
    },
    {
      category: ['Home Care', 'Robot Vacuums'],
      name: 'Robot Vacuum|로봇 청소기|Robô Aspirador|m',
      price: [149, 899],
      features: [
        'Mopping Function|물걸레 기능|Função Passar Pano',
        'Laser Navigation|레이저 내비게이션|Navegação a Laser',
        'Self-Emptying Station|자동 먼지 비움 스테이션|Base de Autoesvaziamento',
      ],
      measure: { attribute: 'running time', values: ['90 min', '120 min', '180 min'] },
      attributes: { connectivity: ['Wi-Fi'] },
    },
    {
      category: ['Climate', 'Air Purifiers'],
      name: 'Air Purifier|공기청정기|Purificador de Ar|m',
      price: [69, 499],
      features: [
        'HEPA Filter|헤파 필터|Filtro HEPA',
        'Sleep Mode|취침 모드|Modo Noturno',
        'Air Quality Sensor|공기질 센서|Sensor de Qualidade do Ar',
      ],
      measure: { attribute: 'room size', values: ['20 m²', '35 m²', '50 m²'] },
      attributes: { 'noise level': ['24 dB', '28 dB', '32 dB'] },
    },
  ],
}
