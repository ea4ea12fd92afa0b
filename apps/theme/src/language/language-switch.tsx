import { NativeSelect } from '@mantine/core'
import { isLanguage, languageNames, languages } from './language.ts'
import { useLanguage } from './language-provider.tsx'

const options = languages.map((value) => ({ value, label: languageNames[value] }))

/** Chooses the language. Its name is in both languages: who needs it may not read the present one. */
export function LanguageSwitch() {
  const { language, setLanguage } = useLanguage()
  return (
    <NativeSelect
      aria-label="Language · 언어"
      size="xs"
      flex="none"
      data={options}
      value={language}
      onChange={({ currentTarget: { value } }) => isLanguage(value) && setLanguage(value)}
    />
  )
}
