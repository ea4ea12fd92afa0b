import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react'
import { type Language, languageToBegin } from './language.ts'
import { remember, remembered } from './remembered.ts'

type LanguageChoice = Readonly<{ language: Language; setLanguage(language: Language): void }>

const Context = createContext<LanguageChoice | null>(null)

const key = 'eip-language'

/** The address named a language; from now on the browser remembers it, and a later choice is not undone by loading the page again. */
function begin(): Language {
  const language = languageToBegin(location.search, remembered(key), navigator.languages)
  if (new URLSearchParams(location.search).has('lang')) remember(key, language)
  return language
}

function forgetNamed(): void {
  const url = new URL(location.href)
  if (!url.searchParams.has('lang')) return
  url.searchParams.delete('lang')
  history.replaceState(history.state, '', url)
}

/** Tells everything inside which language to speak, and the browser as well (`<html lang>`). `?lang=ko` in the address decides. */
export function LanguageProvider({ children }: Readonly<{ children: ReactNode }>) {
  const [language, setLanguage] = useState(begin)
  useLayoutEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choice = useMemo(
    () => ({
      language,
      setLanguage(next: Language) {
        remember(key, next)
        forgetNamed()
        setLanguage(next)
      },
    }),
    [language],
  )
  return <Context value={choice}>{children}</Context>
}

export function useLanguage(): LanguageChoice {
  const choice = useContext(Context)
  if (choice === null) throw new Error('useLanguage stands outside a LanguageProvider')
  return choice
}
