import type { Finding } from './english.ts';

/** Words in code that no catalogue holds, and why not. */
const allowed: readonly { path: RegExp; text?: RegExp; why: string }[] = [
  { path: /^src\/config\//, why: 'what is wrong with the environment, for operators' },
  { path: /^src\/web\/mount\.ts$/, why: 'features that do not fit together: thrown at the start' },
  { path: /^src\/transports\.ts$/, text: /^no mail transport/, why: 'for the log' },
  { path: /^src\/platform\/media\/media-store\.ts$/, text: /^the media store is away/, why: 'for the log' },
  {
    path: /^src\/features\/auth\/messages\//,
    text: /^(texts are not offered|a limit of texts is full:)$/,
    why: 'for the log',
  },
  {
    path: /^src\/features\/home\/greetings\.ts$/,
    text: /^\p{Lu}\p{Ll}+( chào)?$/u,
    why: 'greetings, each in its own language',
  },
  { path: /^src\/features\/\w+\/kept\.ts$/, text: /^\p{Lu}\p{Ll}+$/u, why: 'names of tables' },
  { path: /^src\/kernel\/consent-ages\.ts$/, why: 'names of laws, each in its own language' },
  {
    path: /^src\/features\/safety\/guidance\/emergency-numbers\.ts$/,
    why: 'codes of countries, and where numbers are from',
  },
  { path: /^src\/browser\/line-after\.ts$/, text: /^hint count$/, why: 'names of classes' },
  { path: /^src\/features\/home\/landing\.page\.ts$/, text: /^Lucía$/, why: 'names of people' },
  { path: /^src\/web\/request\/device-name\.ts$/, why: 'names of browsers and systems, as they are stored' },
  { path: /^src\/web\/problem\.ts$/, text: /^Error$/, why: 'a reason phrase, as those of HTTP' },
  { path: /^src\/kernel\/text\/\w[\w-]*\.ts$/, why: 'letters of keyboards' },
  { path: /^src\/kernel\/text\/contact-details\//, why: 'words in which people give their contacts away' },
  { path: /^src\/kernel\/languages\/\w[\w-]*\.ts$/, why: 'names of languages, scripts and regions' },
  { path: /^src\/platform\/passwords\/common-passwords\//, why: 'passwords that many people have' },
  { path: /^src\/platform\/stores\/db\.ts$/, text: /^\(\^Database error/, why: "Prisma's words" },
  { path: /^src\/features\/profile\/profile\/profile\.store\.ts$/, text: /\w\."\w+"/, why: 'SQL' },
  { path: /^src\/features\/profile\/profile\/editing\.forms\.ts$/, text: /^From$/, why: 'a name of a field' },
  { path: /^src\/features\/chat\/messages\/shown-messages\.sql\.ts$/, text: /\."\w+"/, why: 'SQL' },
  { path: /^src\/platform\/limits\/limits\.lua\.ts$/, why: 'Lua' },
  { path: /^src\/platform\/stores\/prepared\.ts$/, text: /^SET LOCAL/, why: 'SQL' },
  { path: /^src\/platform\/limits\/bucket\.ts$/, text: /redis\.call/, why: 'Lua' },
  { path: /^src\/platform\/stores\/heartbeats\.lua\.ts$/, why: 'Lua' },
  { path: /^src\/platform\/stores\/session-store\.ts$/, text: /redis\.call/, why: 'Lua' },
  { path: /^src\/platform\/passwords\/guesses\.ts$/, text: /^import\(/, why: 'code' },
  {
    path: /^src\/platform\/pictures\/make-picture\.ts$/,
    text: /^(Jpeg|Png|Webp|Heif|VipsForeignLoad Buffer)$/,
    why: "libvips' names",
  },
  {
    path: /^src\/web\/session\/site-paths\.ts$/,
    text: /^site paths$/,
    why: 'a name that Express keeps something under',
  },
  { path: /^src\/web\/views\/(options|views)\.ts$/, text: /^<[%o]/, why: 'code' },
  { path: /^src\/web\//, text: /^[\w.+-]+\/[\w.+-]+; charset=/, why: 'the type of an answer' },
  {
    path: /^src\/(web|live)\//,
    text: /^(attachment;|default-src|(public|private|no-store), |HTTP\/1\.1 )/,
    why: 'header fields',
  },
  {
    path: /^src\/web\/problem\.ts$/,
    text: /^Error$/,
    why: 'the title of a problem is the name of its status (RFC 9457)',
  },
  { path: /^src\/web\/request\/device-name\.ts$/, text: /^an unknown device$/, why: 'how it is stored' },
  { path: /^views\//, text: /^\(min-width: /, why: 'sizes of pictures' },
  { path: /^src\/web\/(request|session)\//, text: /^(Allow|Location)$/, why: 'header fields' },
  { path: /^views\/partials\/person-photos\.ejs$/, text: /calc\(/, why: 'sizes of a picture' },
  {
    path: /^src\/browser\/conversation\//,
    text: /^(\.[\w-]+ [\w.[\]*="-]+( [\w.[\]*="-]+)*|\(any-pointer: fine\))$/,
    why: 'selectors, and what a device has',
  },
  { path: /\.browser\.ts$/, text: /^(button-link remove-row|hint count)$/, why: 'classes' },
];

function allows({ path, text }: (typeof allowed)[number], finding: Finding): boolean {
  return path.test(finding.path) && (text?.test(finding.text) ?? true);
}

export function isAllowed(finding: Finding): boolean {
  return allowed.some((entry) => allows(entry, finding));
}

/** Entries for what is there no longer. */
export function idleAllowances(findings: readonly Finding[]): string[] {
  return allowed
    .filter((entry) => !findings.some((finding) => allows(entry, finding)))
    .map(({ path, text, why }) => `${path.source} ${text?.source ?? ''} (${why})`);
}
