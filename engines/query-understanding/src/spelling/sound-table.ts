/**
 * Which Latin letters a Hangul sound is written with and which sounds those letters are heard as: the loanword rules of
 * the National Institute of Korean Language (외래어 표기법, English section) read backwards, and the Revised Romanization.
 * Each line: the jamo (an upper-case-like final is marked by a full stop before it), then groups of spellings, dearer from
 * group to group: 0, 0.15, 0.35 and 0.6 of a whole letter. "_" is no letter at all.
 */
const TABLE = `
ㄱ | g gg gh | k c | ch |
ㄲ | kk | k c g gg ck cc q |  |
ㅋ | k c ck q kk cc kh | ch cq qu | g x |
ㄴ | n nn kn | gn | ng m |
ㄷ | d dd | th dh | t |
ㄸ | tt dd | t d |  |
ㅌ | t tt th | te | d |
ㄹ | r l rr ll rh wr | le | |
.ㄹㄹ | l ll | lh | r rr le |
ㅁ | m mm | mb mn | n |
ㅂ | b v bb | vv w | p f |
ㅃ | pp bb | p b |  |
ㅍ | p f ph ff pp | | v b h |
ㅅ | s ss c th sc | sh ps sch z ce | x ts st ch | t
ㅆ | s ss | c sc sh |  |
ㅈ | j z zz | g ge dj ds dz dg s x | ch tz ts t d y |
ㅉ | zz | z j tz ts | ch c |
ㅊ | ch tch cz | c t ts tz tch tsch q | j sh | s
ㅎ | h wh | j | f ch x | _ g
.ㄱ | k g c ck q cc | kk ch gg cque que | x ct |
.ㄴ | n nn ne | gn | m ng nt nd |
.ㄷ | t d tt | th | s |
.ㄹ | l ll | le | r |
.ㅁ | m mm mb | mn me | n |
.ㅂ | p b pp | v f bb pe | |
.ㅅ | t tt | th te s d ts ct ss | ch z tz | _
.ㅇ | ng | n nc nk | ngue |
ㅏ | a ar ah | u aa ha | o or e ur er au | i ou _
ㅐ | a ae ai | e ay aa | i |
ㅑ | ya ia | ja yah ea a | |
ㅒ | yae ya | | |
ㅓ | eo u er ur ir or ear | o a e our eu uh ou re | i ie ai ow | _
ㅔ | e ei é | a ai ay ae ea eh | i ee | y
ㅕ | yeo yu you | yo ye io yea young | u ia eo |
ㅖ | ye | ie je | e |
ㅗ | o oh oa ow au | ou aw oo or oe | a u eau ough | w
ㅘ | wa ua oa oi | oua ou | o |
ㅙ | wae | we oe | |
ㅚ | oe oi | we o eu | i |
ㅛ | yo io | jo eo ho | |
ㅜ | u oo ou w ue ew | o wo ui uh oe | y |
ㅝ | wo | wa ua we war wor | o uo |
ㅞ | we | ue wa wai oue whe oi | |
ㅟ | wi ui | ue wee wea hui whi | y u i wh |
ㅠ | yu u ew you | eu ue yoo iu ju ieu | io |
ㅡ | _ eu | u e | o | i a
ㅢ | ui eui | i | y |
ㅣ | i e ee ea y ie ey | ei ui eo ii hi j | u ia ae | a
ㅏㅣ | i y ai igh ye ie | ei uy eye ih | is | e
ㅏㅜ | ou ow au | ao aw | o |
ㅗㅜ | o ow oa oe | ou | |
ㅔㅣ | a ay ai ei ey | e ea ae et eigh | |
ㅗㅣ | oi oy | eu | |
ㅣㅓ | ear eer ier ia er | ea ir eo ere io | |
ㅔㅓ | air ere are ear | ar er | |
ㅏㅣㅓ | ire yre ia yer | ier io | |
ㅏㅜㅓ | our ower auer | | |
ㅜㅓ | our oor uer | ure | |
ㅠㅓ | ure | uer | |
ㅣㅏ | ia ea ya | ee | |
ㅣㅗ | io eo yo | | |
ㅣㅜ | iu eu | ew | |
ㅣㅔ | ie | ye | |
ㅅㅣ | sh sci | sy | |
ㅅㅑ | sha cha sia | ch | |
ㅅㅔ | she che | | |
ㅅㅕ | sha | tio | |
ㅅㅕ.ㄴ | tion sion cean shion | tian | |
ㅅㅛ | sho cho | | |
ㅅㅠ | shu shoo choo | | |
ㅅㅖ | she | che | |
ㅈㅣ | ge dge j | g | |
ㅈㅓ | ge ja | su zu | |
ㅈㅓ.ㄴ | sion gen | | |
ㅊㅣ | ch tch | ti cci | |
ㅊㅓ | ture cher | tu | |
ㅊㅡ | ts tz ch | | |
ㅈㅡ | s z ds ze se | ge | |
ㅅㅡ | s ss ce se c | th ze sse x | |
ㅋㅜ | qu cu | | |
ㅋㅝ | qua | quo | |
ㅋㅞ | que | | |
ㅋㅟ | qui | | |
.ㄱㅅㅡ | x ks cs | ics | |
.ㄱㅅ | x ks cs cc xc | | |
.ㄱㅅㅕ.ㄴ | ction | | |
ㅋㅅㅡ | x | | |
.ㄱㅈ | x gz | | |
.ㅇㄱ | ng | nk nc | |
.ㅇㅋ | nk nc nch nq | | |
ㄴㅑ | gna nia | | |
ㄴㅠ | new nu | | |
.ㄹㄹㅡ | le lle | | |
ㅂㅡ | ve be b v | | |
ㅍㅡ | fe pe f ph | | |
ㄱㅡ | gue ge g | | |
ㅋㅡ | ke ck k c que | | |
ㄷㅡ | de d | the | |
ㅌㅡ | te t | | |
ㅁㅡ | me m | | |
ㅐ.ㄴ | and | n | |
ㅐ.ㄴㄷㅡ | and | | |
ㅖㅣ | ya yei | ye yea | |
ㅎㅟ | fi fy phi | | |
ㅎㅘ | wha hwa fa | pha fo | |
ㅎㅞ | fe | pha | |
ㅅㅟ | sh sch | ch | |
ㅊㅕ | cher | cha che chur | |
ㅈㅕ | ger | ja ge | |
ㅈㅠ | ju | zu | |
ㅊㅠ | chu | chew | |
ㅜㅣ | oui ui ouis | wee | |
ㅉㅣ | cci zzi | zi ci | |
ㅁㅗ.ㅇ | mont mon | | |
`

const GROUP_COSTS = [0, 0.15, 0.35, 0.6]

export type SoundSpelling = Readonly<{ sounds: string; latin: string; cost: number }>

/** Finals are told from initials by a code of their own: the conjoining jamo. */
const FINAL_CODES: Readonly<Record<string, string>> = {
  ㄱ: '\u11a8',
  ㄴ: '\u11ab',
  ㄷ: '\u11ae',
  ㄹ: '\u11af',
  ㅁ: '\u11b7',
  ㅂ: '\u11b8',
  ㅅ: '\u11ba',
  ㅇ: '\u11bc',
}
/** The twenty-seven finals by the seven sounds and ㅅ that loanwords end in. */
const FINAL_SOUNDS = [
  '',
  ...'ㄱ ㄱ ㄱ ㄴ ㄴ ㄴ ㄷ ㄹ ㄱ ㅁ ㅂ ㄹ ㄹ ㅂ ㄹ ㅁ ㅂ ㅂ ㅅ ㅅ ㅇ ㅅ ㅅ ㄱ ㄷ ㅂ ㅅ'.split(' '),
]
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const SILENT = 'ㅇ'
const FIRST_SYLLABLE = 0xac00

const finalCode = (jamo: string): string => FINAL_CODES[jamo] ?? ''

/** The sounds of a Hangul name: initials (without the silent one), vowels, and finals in codes of their own. */
export function soundsOf(hangul: string): string {
  let sounds = ''
  for (const character of hangul) {
    const index = character.charCodeAt(0) - FIRST_SYLLABLE
    if (index < 0 || index > 11_171) continue
    const initial = INITIALS[Math.floor(index / 588)] as string
    if (initial !== SILENT) sounds += initial
    sounds += (VOWELS[Math.floor(index / 28) % 21] as string) + finalCode(FINAL_SOUNDS[index % 28] as string)
  }
  return sounds
}

function lineOf(line: string): SoundSpelling[] {
  const [jamo = '', ...groups] = line.split('|').map((cell) => cell.trim())
  const sounds = jamo.replace(/\.(.)/gu, (_, final: string) => finalCode(final))
  return groups.flatMap((group, i) =>
    group
      .split(' ')
      .filter((latin) => latin !== '')
      .map((latin) => ({ sounds, latin: latin === '_' ? '' : latin, cost: GROUP_COSTS[i] as number })),
  )
}

/** Spellings by the first of their sounds; each `sounds` is one to four jamo long. */
export const soundSpellings: ReadonlyMap<string, readonly SoundSpelling[]> = Map.groupBy(
  TABLE.trim().split('\n').flatMap(lineOf),
  ({ sounds }) => sounds[0] as string,
)
