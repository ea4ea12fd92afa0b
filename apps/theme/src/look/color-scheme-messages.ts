import { defineMessages } from '../language/messages.ts'

export const messages = defineMessages({
  en: { auto: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' },
  ko: { auto: '색상: 시스템 설정', light: '색상: 밝게', dark: '색상: 어둡게' },
})
