import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one accent: links, the main button of a page, what is chosen. White on shade 7 has a contrast of 6.6:1. */
const iris: MantineColorsTuple = [
  '#eef1fd',
  '#dde3fa',
  '#b9c4f3',
  '#96a6ee',
  '#7c90e9',
  '#667de0',
  '#526bd6',
  '#3f56bd',
  '#34489f',
  '#293a82',
]

/** Dark surfaces are a cool grey rather than black: long lists are read on them. */
const dark: MantineColorsTuple = [
  '#d3d7df',
  '#bac0cb',
  '#969eac',
  '#6b7382',
  '#434a57',
  '#343a46',
  '#272c36',
  '#1b1f27',
  '#15181f',
  '#0f1116',
]

// Korean fonts stand before the generic ones: a fallback that the system chooses mixes weights and line heights.
const fontFamily = [
  'Inter',
  '"Pretendard Variable"',
  'Pretendard',
  '-apple-system',
  'BlinkMacSystemFont',
  '"Segoe UI"',
  'Roboto',
  '"Helvetica Neue"',
  '"Liberation Sans"',
  '"Noto Sans KR"',
  '"Apple SD Gothic Neo"',
  '"Malgun Gothic"',
  'NanumBarunGothic',
  'NanumGothic',
  'Arial',
  'sans-serif',
].join(', ')

const fontFamilyMonospace =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "D2Coding", NanumGothicCoding, monospace'

/** Sizes, colours and the defaults of components, for all pages. Components are named here, not imported: pages bring their own. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 7 },
  colors: { iris, dark },
  fontFamily,
  fontFamilyMonospace,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  lineHeights: { md: '1.5' },
  headings: {
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h4: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  components: {
    // Small capitals say nothing in Korean, and shout in English.
    Badge: { defaultProps: { tt: 'none', fw: 600 } },
    Table: { defaultProps: { fz: 'sm', verticalSpacing: 6, horizontalSpacing: 'sm', tabularNums: true } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Skeleton: { defaultProps: { radius: 'sm' } },
  },
})

/**
 * Mantine's quiet greys, and its words in the colour of a state on a light ground of that colour, miss the contrast of 4.5:1
 * that small text needs (WCAG 1.4.3); so does white on the red of what destroys.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1a1d24',
    '--mantine-color-dimmed': '#5a6270',
    '--mantine-color-placeholder': '#6b7382',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-teal-light-color': '#05634a',
    '--mantine-color-yellow-light-color': '#7a4100',
    '--mantine-color-orange-light-color': '#8a3a05',
    '--mantine-color-red-light-color': '#a61e1e',
    '--mantine-color-blue-light-color': '#164f8a',
    '--mantine-color-gray-light-color': '#495057',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
    '--eip-surface': '#f6f7f9',
    '--eip-raised': '#ffffff',
    '--eip-line': '#e3e6eb',
    '--eip-line-strong': '#c9ced7',
    '--eip-words': '#3f56bd',
    '--eip-meaning': '#0f8a7e',
    '--eip-lift': '#8a6d1f',
    '--eip-sink': '#c2410c',
  },
  dark: {
    '--mantine-color-body': '#1b1f27',
    '--mantine-color-text': '#e4e7ec',
    '--mantine-color-dimmed': '#a1a9b7',
    '--mantine-color-placeholder': '#8f97a6',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-teal-light-color': '#96f2d7',
    '--mantine-color-yellow-light-color': '#ffe066',
    '--mantine-color-orange-light-color': '#ffc078',
    '--mantine-color-red-light-color': '#ffa8a8',
    '--mantine-color-blue-light-color': '#a5d8ff',
    '--mantine-color-iris-light-color': '#b9c4f3',
    // Mantine's own is a navy that shouts beside cool greys.
    '--mantine-color-iris-light': '#2a3149',
    '--mantine-color-iris-light-hover': '#323a57',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
    '--eip-surface': '#15181f',
    '--eip-raised': '#1f242d',
    '--eip-line': '#2f3540',
    '--eip-line-strong': '#434a57',
    '--eip-words': '#8a9cf0',
    '--eip-meaning': '#3fbfb0',
    '--eip-lift': '#d6b25e',
    '--eip-sink': '#f0854a',
  },
})
