import { expect, it } from 'vitest'
import { ANALYSIS_VERSION, createAnalyzer } from './analyzer.ts'

/** Texts of every kind that the rules treat apart, by language. */
const texts: Readonly<Record<string, readonly string[]>> = {
  en: [
    'HP Pavilion dv7-1211ea Notebook Silver 43.2 cm (17") 1440 x 900 pixels Intel® Core™2 Duo 4 GB DDR2-SDRAM 250 GB HDD',
    'Brother TN-2110 toner cartridge Original Black 1 pc(s)',
    'House of Fara 3/4 in. x 3 in. x 8 ft. MDF Fluted Casing',
    'Whirlpool 1.9 cu. ft. Over the Range Convection Microwave in Stainless Steel',
    'BEHR Premium Textured DeckOver 1-gal. #SC-141 Tugboat Wood and Concrete Coating',
    "Women's Levi's® 501™ jeans, W28/L32",
    "L'Oréal Paris Elvive 2-in-1 shampoo 400ml",
    'Black & Decker 18V cordless drill/driver',
    'AT&T U.S.A. SIM card',
    'Sony WH-1000XM3 wireless headphones with 30-hour battery life',
    'TP-Link Archer AX6000 Wi-Fi 6 router 802.11ax/ac/n',
    'Samsung 55″ 4K UHD Smart TV (3840×2160)',
    'AA batteries, 24-pack (LR6/1.5V)',
    'Canon EOS 5D Mark IV 30.4MP DSLR',
    'Bosch 10,000 RPM angle grinder 4-1/2"',
    'C++ and C# for .NET, 3rd edition',
    '978-3-16-148410-0',
    'x2 2x 3D 4G 5GHz 7.1ch 10/100/1000 24/7 9.2.1',
    "5'8\" and 6' ladder",
    'rock-n-roll all-in-one state-of-the-art stainless-steel-finish',
    'node.js mr.clean steel.Made',
    'The Who: To be or not to be',
    'Ｆｕｌｌ　Ｗｉｄｔｈ ① ㎏ ½ ﬁne',
    'naïve façade Straße Łódź Ærø',
    '   ',
    '🙂 — …',
    '\u0000\ud800',
    'İstanbul ISTANBUL ıstanbul',
  ],
  pt: [
    'Geladeira Frost Free Duplex 375 litros Branca 110V',
    'Televisões LED de 50 polegadas com conversor digital',
    'Tênis masculino de corrida, tamanhos 38 a 44',
    'Papéis e lençóis de algodão egípcio 1.500 fios',
    "Copo d'água 300ml com tampa",
    'Sapatos femininos de couro legítimo',
    'Peso 1,5 kg; 43,2 cm; R$ 1.234,50',
    'Pães, cães e caminhões de brinquedo',
    'Fogão 4 bocas a gás',
    'Câmera fotográfica de 20 megapixels',
    'Guarda-roupa casal 6 portas',
    'Óculos de sol',
  ],
  ko: [
    'NJ1DN75A 남성 1996 에코 눕시 자켓',
    '[22F/W 리뉴얼] 오버사이즈 멜톤 더플 롱 코트 네이비',
    '베이직 푸퍼_SPJPC4TC11',
    'XT-6 GTX - 블랙:에보니:루나락 / L41663500',
    '삼성 냉장고 300리터 4도어',
    '삼성 냉장고 300 리터',
    'LG 27인치 모니터 27UL850-W',
    '캐시미어 100% 머플러',
    '롱패딩 여성용 S/M/L',
    '갤럭시 S23 Ultra 256기가',
    '물',
    '무선 이어폰 (블랙)',
  ],
  und: [
    '日本語のガラス コップ 300ml',
    'ｶﾞﾗｽ ｺｯﾌﾟ',
    '𠮷野家 牛丼',
    '玻璃杯 2只装',
    'แก้วน้ำ 2 ใบ',
    'हिन्दी किताब १२३',
    'كِتَابٌ عَرَبِيّ ٣٤',
    'שָׁלוֹם עולם',
    'Українська книга',
    'Ελληνικό βιβλίο',
  ],
}

it('the terms are those that the analysis version names: new terms, new version, new file', async () => {
  const analyzer = createAnalyzer()
  const lines = Object.entries(texts).flatMap(([language, ofLanguage]) =>
    ofLanguage.map(
      (text) => `${language}\t${JSON.stringify(text)}\t${JSON.stringify(analyzer.analyzeText(text, language))}`,
    ),
  )
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`./golden-terms.v${ANALYSIS_VERSION}.txt`)
})
