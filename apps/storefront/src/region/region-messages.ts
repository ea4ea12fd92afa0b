import { defineMessages } from '@eip/theme/messages'

export const regionMessages = defineMessages({
  en: {
    deliverTo: 'Deliver to',
    anywhere: 'Any region',
  },
  ko: {
    deliverTo: '배송 지역',
    anywhere: '지역 선택 안 함',
  },
})
