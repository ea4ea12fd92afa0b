import { ClientFailure } from '@eip/rpc/browser'
import { defineMessages, type Translate } from '../language/messages.ts'

export const failureMessages = defineMessages({
  en: {
    title: 'That did not work',
    retry: 'Try again',
    unreachable: 'The server does not answer',
    unreachableCure: 'Check the connection. This page goes on by itself when the server is back.',
    late: 'The server took too long',
    lateCure: 'It may be busy. Try again in a moment.',
    badAnswer: 'The server answered something unexpected',
    badAnswerCure: 'Reload the page: it may be older than the server.',
    defect: 'Something in this page broke',
    defectCure: 'Reload the page. If it happens again, tell whoever runs the shop.',
    code: 'Code: {code}',
  },
  ko: {
    title: '처리하지 못했습니다',
    retry: '다시 시도',
    unreachable: '서버가 응답하지 않습니다',
    unreachableCure: '연결 상태를 확인해 주세요. 서버가 돌아오면 화면이 저절로 이어집니다.',
    late: '서버의 응답이 너무 늦습니다',
    lateCure: '서버가 바쁜 것 같습니다. 잠시 후 다시 시도해 주세요.',
    badAnswer: '서버가 알 수 없는 응답을 보냈습니다',
    badAnswerCure: '페이지를 새로 고쳐 주세요. 서버보다 오래된 페이지일 수 있습니다.',
    defect: '페이지에 문제가 생겼습니다',
    defectCure: '페이지를 새로 고쳐 주세요. 계속되면 쇼핑몰 운영자에게 알려 주세요.',
    code: '코드: {code}',
  },
})

type Words = Translate<(typeof failureMessages)['en']>

export type FailureWords = Readonly<{ title: string; message: string | null; cure: string; code: string | null }>

const ofTheWay = {
  'client.unreachable': ['unreachable', 'unreachableCure'],
  'client.late': ['late', 'lateCure'],
  'client.bad-answer': ['badAnswer', 'badAnswerCure'],
} as const

/** A failure in the reader's language as far as it is ours; what the gateway says stands as it says it, with its cure. */
export function failureWords(failure: unknown, t: Words): FailureWords {
  if (!(failure instanceof ClientFailure))
    return { title: t('defect'), message: null, cure: t('defectCure'), code: null }
  const { code, message, cure } = failure
  if (code in ofTheWay) {
    const [title, remedy] = ofTheWay[code as keyof typeof ofTheWay]
    return { title: t(title), message: null, cure: t(remedy), code: null }
  }
  return { title: t('title'), message, cure, code }
}
