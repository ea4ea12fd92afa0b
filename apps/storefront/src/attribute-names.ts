import { defineMessages } from '@eip/theme/messages'

/** Attributes that most catalogues have, by the catalogue's usual name; others are called what the catalogue calls them. */
export const attributeNames = defineMessages({
  en: {
    capacity: 'Capacity',
    closure: 'Closure',
    colour: 'Colour',
    color: 'Color',
    feature: 'Feature',
    gender: 'Gender',
    height: 'Height',
    length: 'Length',
    material: 'Material',
    model: 'Model',
    season: 'Season',
    size: 'Size',
    storage: 'Storage',
    style: 'Style',
    terrain: 'Terrain',
    volume: 'Volume',
    weight: 'Weight',
    width: 'Width',
  },
  ko: {
    capacity: '용량',
    closure: '여밈',
    colour: '색상',
    color: '색상',
    feature: '특징',
    gender: '성별',
    height: '높이',
    length: '길이',
    material: '소재',
    model: '모델',
    season: '계절',
    size: '사이즈',
    storage: '저장 용량',
    style: '스타일',
    terrain: '지형',
    volume: '용량',
    weight: '무게',
    width: '너비',
  },
})

const isUsual = (name: string): name is keyof typeof attributeNames.en => Object.hasOwn(attributeNames.en, name)

/** What an attribute is called in a language. */
export function attributeName(name: string, t: (key: keyof typeof attributeNames.en) => string): string {
  if (isUsual(name)) return t(name)
  return name.charAt(0).toUpperCase() + name.slice(1)
}
