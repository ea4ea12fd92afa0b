/** What a vocabulary is counted from; a subset of the platform's product rows. */
export type CountedProduct = Readonly<{
  title: string
  brand: string | null
  category: readonly string[]
  attributes: Readonly<Record<string, string | readonly string[]>>
  currency: string
}>

/** One line of goods: every title is sold in every colour. */
type Line = Readonly<{
  category: string
  brand: string | null
  titles: readonly string[]
  colours?: readonly string[]
  sizes?: readonly string[]
  attributes?: Readonly<Record<string, string>>
}>

const shoeSizes = ['7', '8', '9', '10', '11', '12']
const letterSizes = ['S', 'M', 'L', 'XL']
const [leather, mens, womens] = [{ material: 'Leather' }, { gender: 'Men' }, { gender: 'Women' }]
const tv = (size: string) => ({ 'screen size': size, resolution: '4K' })
const memory = (ram: string, storage: string) => ({ memory: ram, storage })

/** Listings in English, in dollars; several brands are ordinary words that stand in other products' titles too. */
const englishLines: readonly Line[] = [
  {
    category: 'Electronics > Smartphones',
    brand: 'Apple',
    titles: ['Apple iPhone 15', 'Apple iPhone 15 Pro', 'Apple iPhone SE'],
    colours: ['Black', 'Blue', 'Pink', 'White'],
    attributes: memory('6 GB', '256 GB'),
  },
  {
    category: 'Electronics > Smart Watches',
    brand: 'Apple',
    titles: ['Apple Watch Series 9', 'Apple Watch SE'],
    colours: ['Black', 'Silver', 'Red'],
  },
  {
    category: 'Electronics > Tablets',
    brand: 'Apple',
    titles: ['Apple iPad Air 10.9 inch', 'Apple iPad Mini'],
    colours: ['Gray', 'Blue', 'Silver'],
    attributes: { storage: '64 GB', 'screen size': '10.9 inch' },
  },
  {
    category: 'Electronics > Laptops',
    brand: 'Apple',
    titles: ['Apple MacBook Air Laptop', 'Apple MacBook Pro Laptop'],
    colours: ['Silver', 'Gray'],
    attributes: memory('16 GB', '512 GB'),
  },
  {
    category: 'Electronics > Laptops',
    brand: 'Dell',
    titles: ['Dell Inspiron 15 Laptop', 'Dell XPS 13 Laptop', 'Dell Latitude Laptop'],
    colours: ['Black', 'Silver'],
    attributes: memory('16 GB', '512 GB'),
  },
  {
    category: 'Electronics > TVs',
    brand: 'Samsung',
    titles: ['Samsung Crystal 4K TV', 'Samsung QLED TV'],
    attributes: tv('55 inch'),
  },
  {
    category: 'Electronics > TVs',
    brand: 'Samsung',
    titles: ['Samsung Neo 8K TV', 'Samsung The Frame TV'],
    attributes: tv('65 inch'),
  },
  {
    category: 'Electronics > TVs',
    brand: 'Sony',
    titles: ['Sony Bravia XR TV', 'Sony Bravia OLED TV'],
    attributes: tv('55 inch'),
  },
  {
    category: 'Electronics > Smartphones',
    brand: 'Samsung',
    titles: ['Samsung Galaxy S24', 'Samsung Galaxy A55'],
    colours: ['Black', 'Purple'],
    attributes: memory('8 GB', '256 GB'),
  },
  {
    category: 'Electronics > Headphones',
    brand: 'Sony',
    titles: ['Sony WH-1000XM5 Headphones', 'Sony Wireless Headphones', 'Sony Over Ear Headphones'],
    colours: ['Black', 'White'],
  },
  {
    category: 'Electronics > Chargers',
    brand: 'Anker',
    titles: ['Anker Fast Charger 65W', 'Anker Travel Charger'],
    colours: ['White', 'Black'],
    attributes: { power: '65 W' },
  },
  {
    category: 'Electronics > Cables',
    brand: 'Anker',
    titles: ['Anker USB C Cable', 'Anker HDMI Cable'],
    attributes: { length: '2 m' },
  },
  {
    category: 'Fashion > Shoes > Running Shoes',
    brand: 'Nike',
    titles: ['Nike Pegasus Running Shoes', 'Nike Winflo Running Shoes', 'Nike Vomero Running Shoes'],
    colours: ['Red', 'Black', 'White'],
    sizes: shoeSizes,
    attributes: mens,
  },
  {
    category: 'Fashion > Shoes > Sneakers',
    brand: 'Nike',
    titles: ['Nike Air Max 90 Sneakers', 'Nike Court Vision Sneakers'],
    colours: ['White', 'Red', 'Gray'],
    sizes: shoeSizes,
    attributes: womens,
  },
  {
    category: 'Fashion > Shoes > Sneakers',
    brand: 'Puma',
    titles: ['Puma Suede Classic Sneakers', 'Puma Smash Sneakers'],
    colours: ['Black', 'Navy', 'Green'],
    sizes: shoeSizes,
  },
  {
    category: 'Fashion > Hoodies',
    brand: 'Gap',
    titles: ['Gap Logo Hoodie', 'Gap Zip Hoodie', 'Gap Fleece Hoodie'],
    colours: ['Gray', 'Navy', 'Orange', 'Black'],
    sizes: letterSizes,
    attributes: mens,
  },
  {
    category: 'Fashion > Bags',
    brand: 'Coach',
    titles: ['Coach Tabby Shoulder Bag', 'Coach Willow Tote Bag', 'Coach Rogue Bag'],
    colours: ['Brown', 'Black', 'Beige'],
    attributes: leather,
  },
  {
    category: 'Fashion > Bags',
    brand: 'Targus',
    titles: ['Targus Laptop Bag', 'Targus Laptop Backpack'],
    colours: ['Black', 'Gray'],
    attributes: { 'laptop size': '15.6 inch' },
  },
  {
    category: 'Travel > Suitcases',
    brand: 'Samsonite',
    titles: ['Samsonite Carry On Suitcase', 'Samsonite Spinner Suitcase'],
    colours: ['Black', 'Blue'],
    attributes: { weight: '2.7 kg' },
  },
  {
    category: 'Beauty > Fragrance',
    brand: 'Boss',
    titles: [
      'Boss Bottled Eau de Toilette',
      'Boss The Scent Eau de Toilette',
      'Boss Bottled Night',
      'Boss Femme',
      'Boss Alive',
      'Boss Bottled Elixir',
    ],
    attributes: { volume: '100 ml' },
  },
  {
    category: 'Kitchen > Mugs',
    brand: 'Mugly',
    titles: ['Worlds Best Boss Mug', 'Like a Boss Coffee Mug', 'Best Coach Ever Mug', 'Orange Cat Mug'],
    colours: ['White', 'Black'],
  },
  { category: 'Kitchen > Storage', brand: 'Plus', titles: ['Plus Bread Box'] },
  {
    category: 'Groceries > Juices',
    brand: 'Tropicana',
    titles: [
      'Tropicana Apple Juice',
      'Tropicana Orange Juice',
      'Tropicana Apple Juice No Sugar',
      'Tropicana Orange Juice No Pulp',
    ],
    attributes: { volume: '1 L' },
  },
  {
    category: 'Groceries > Juices',
    brand: 'Minute Maid',
    titles: [
      'Minute Maid Apple Juice',
      'Minute Maid Orange Juice',
      'Minute Maid Plus Orange Juice',
      'Minute Maid Plus Apple Juice',
    ],
    attributes: { volume: '1.5 L' },
  },
  {
    category: 'Groceries > Snacks',
    brand: 'Kind',
    titles: ['Kind Apple Cinnamon Bars', 'Kind Nut Bars Plus Protein', 'Kind Dark Chocolate Bars'],
    attributes: { weight: '200 g' },
  },
  {
    category: 'Sports > Training',
    brand: 'Fox 40',
    titles: ['Fox 40 Coach Whistle', 'Fox 40 Classic Whistle', 'Fox 40 Pearl Coach Whistle'],
    colours: ['Black', 'Red'],
  },
]

/** Listings in Korean, in won. */
const koreanLines: readonly Line[] = [
  {
    category: '가전 > 냉장고',
    brand: '삼성전자',
    titles: ['삼성전자 비스포크 냉장고', '삼성전자 일반 냉장고'],
    colours: ['화이트', '실버'],
    attributes: { 용량: '300L' },
  },
  {
    category: '가전 > 냉장고',
    brand: 'LG전자',
    titles: ['LG전자 디오스 냉장고', 'LG전자 오브제 냉장고'],
    colours: ['화이트', '그레이'],
    attributes: { 용량: '800L' },
  },
  {
    category: '가전 > TV',
    brand: '삼성전자',
    titles: ['삼성전자 QLED TV', '삼성전자 크리스탈 TV'],
    attributes: { '화면 크기': '55인치' },
  },
  { category: '가전 > TV', brand: 'LG전자', titles: ['LG전자 올레드 TV'], attributes: { '화면 크기': '65인치' } },
  {
    category: '가전 > 밥솥',
    brand: '쿠쿠',
    titles: ['쿠쿠 압력 전기밥솥', '쿠쿠 전기밥솥', '쿠쿠 미니 밥솥'],
    colours: ['블랙', '화이트'],
    attributes: { 용량: '10인용' },
  },
  {
    category: '가전 > 전기포트',
    brand: '키친아트',
    titles: ['키친아트 무선 전기포트', '키친아트 유리 전기포트'],
    attributes: { 용량: '1.5L' },
  },
  {
    category: '디지털 > 노트북',
    brand: 'LG전자',
    titles: ['LG전자 그램 노트북', 'LG전자 울트라PC 노트북'],
    colours: ['화이트', '그레이'],
    attributes: { 메모리: '16GB', 저장용량: '512GB' },
  },
  {
    category: '디지털 > 태블릿',
    brand: '애플',
    titles: ['애플 아이패드 에어', '애플 아이패드 프로', '애플 아이패드 미니'],
    colours: ['실버', '블루'],
    attributes: { 저장용량: '64GB' },
  },
  {
    category: '디지털 > 스마트폰',
    brand: '삼성전자',
    titles: ['삼성전자 갤럭시 S24', '삼성전자 갤럭시 A35'],
    colours: ['블랙', '퍼플'],
    attributes: { 저장용량: '256GB' },
  },
  {
    category: '디지털 > 무선 이어폰',
    brand: '브리츠',
    titles: ['브리츠 무선 이어폰', '브리츠 블루투스 무선 이어폰'],
    colours: ['블랙', '화이트'],
  },
  {
    category: '디지털 > 보조배터리',
    brand: '샤오미',
    titles: ['샤오미 고속충전 보조배터리', '샤오미 미니 보조배터리'],
    attributes: { '배터리 용량': '10000mAh' },
  },
  {
    category: '디지털 > 충전기',
    brand: '브리츠',
    titles: ['브리츠 고속 충전기', '브리츠 무선 충전기'],
    attributes: { 출력: '25W' },
  },
  {
    category: '패션 > 신발 > 운동화',
    brand: '나이키',
    titles: ['나이키 코트 비전 운동화', '나이키 에어맥스 운동화', '나이키 덩크 운동화'],
    colours: ['블랙', '화이트', '레드'],
    sizes: ['250', '260', '265', '270', '280'],
  },
  {
    category: '패션 > 신발 > 운동화',
    brand: '아디다스',
    titles: ['아디다스 삼바 운동화', '아디다스 가젤 운동화'],
    colours: ['블랙', '화이트', '그린'],
    sizes: ['250', '260', '270'],
  },
  {
    category: '패션 > 신발 > 러닝화',
    brand: '나이키',
    titles: ['나이키 페가수스 러닝화', '나이키 윈플로 러닝화'],
    colours: ['블랙', '블루'],
    sizes: ['260', '265', '270'],
  },
  {
    category: '패션 > 원피스',
    brand: '로엠',
    titles: ['로엠 플라워 원피스', '로엠 셔츠 원피스', '로엠 롱 원피스'],
    colours: ['레드', '블랙', '베이지'],
    sizes: letterSizes,
  },
  {
    category: '패션 > 후드티',
    brand: '커버낫',
    titles: ['커버낫 로고 후드티', '커버낫 오버핏 후드티'],
    colours: ['그레이', '블랙', '네이비'],
    sizes: letterSizes,
  },
  {
    category: '패션 > 패딩',
    brand: '코오롱스포츠',
    titles: ['코오롱스포츠 숏 패딩', '코오롱스포츠 롱 패딩'],
    colours: ['블랙', '카키'],
    sizes: ['95', '100', '105', '110'],
  },
  {
    category: '패션 > 가방',
    brand: '쿠론',
    titles: ['쿠론 소가죽 가방', '쿠론 소가죽 숄더백'],
    colours: ['브라운', '블랙'],
    attributes: { 소재: '소가죽' },
  },
  {
    category: '패션 > 가방',
    brand: '엘레컴',
    titles: ['엘레컴 노트북 가방', '엘레컴 노트북 백팩'],
    colours: ['블랙', '그레이'],
    attributes: { 소재: '나일론' },
  },
  {
    category: '뷰티 > 선크림',
    brand: '이니스프리',
    titles: ['이니스프리 수분 선크림', '이니스프리 톤업 선크림'],
    attributes: { 용량: '50ml' },
  },
  {
    category: '가구 > 책상',
    brand: '한샘',
    titles: ['한샘 컴퓨터 책상', '한샘 원목 책상'],
    colours: ['화이트', '오크'],
    attributes: { 가로: '120cm' },
  },
  {
    category: '식품 > 쌀',
    brand: '철원농협',
    titles: ['철원농협 오대쌀', '철원농협 현미'],
    attributes: { 중량: '20kg' },
  },
  {
    category: '식품 > 생수',
    brand: '제주삼다수',
    titles: ['제주삼다수 생수 무라벨', '제주삼다수 생수'],
    attributes: { 용량: '2L' },
  },
  {
    category: '식품 > 과일',
    brand: '과일마을',
    titles: ['과일마을 태국 애플망고', '과일마을 세척 사과', '과일마을 페루 애플망고 선물세트'],
    attributes: { 중량: '3kg' },
  },
  { category: '식품 > 차', brand: '오설록', titles: ['오설록 애플 히비스커스 티', '오설록 녹차'] },
]

function* productsOf(lines: readonly Line[], names: { colour: string; size: string }, currency: string) {
  for (const { category, brand, titles, colours = [null], sizes, attributes = {} } of lines)
    for (const title of titles)
      for (const colour of colours)
        yield {
          title: colour === null ? title : `${title} ${colour}`,
          brand,
          category: category.split(' > '),
          attributes: {
            ...attributes,
            ...(colour === null ? {} : { [names.colour]: colour }),
            ...(sizes === undefined ? {} : { [names.size]: sizes }),
          },
          currency,
        }
}

/** A marketplace with sellers from two countries: listings in English and Korean, prices in dollars and won. */
export function marketProducts(): readonly CountedProduct[] {
  return [
    ...productsOf(englishLines, { colour: 'Color', size: 'Size' }, 'USD'),
    ...productsOf(koreanLines, { colour: '색상', size: '사이즈' }, 'KRW'),
  ]
}
