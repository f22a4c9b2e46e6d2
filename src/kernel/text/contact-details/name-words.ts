import { listed } from './readings.ts';

export const owning = new Set(
  listed('my mi mon ma mein meine meu minha o il mio la mia мой моя моё мои اسمي حسابي 我的 我 わたしの'),
);
export const naming = new Set(
  listed(
    'name id user username account handle nick konto nutzername usuario nombre cuenta pseudo compte nom nome conta perfil ник аккаунт юзер имя ' +
      'me moi там هناك اسمي حسابي يوزر 号 账号 名 の は が のid あかうんと ゆーざー名 here there ahi alli la dort',
  ),
);
export const nameNouns = new Set(
  listed(
    'username nickname nick handle alias usuario usuário pseudo nutzername benutzername utente ник никнейм юзернейм يوزر',
  ),
);
/** "LINE ID …", with nothing between. */
export const announcingNouns = new Set(
  listed('id username user handle nick pseudo usuario 号 ник юзер يوزر のid'),
);
export const being = new Set(listed("i'm im soy sou sono suis bin я أنا"));
/** "I'm active on Instagram". */
export const states = new Set(
  listed(
    'active addicted obsessed famous popular registered subscribed activa activo adicta adicto famosa famoso registrada registrado ' +
      'actif accro connu connue celebre inscrit inscrite present presente abonne abonnee aktiv süchtig bekannt berühmt angemeldet registriert unterwegs ' +
      'ativa ativo viciada viciado conhecida conhecido cadastrada cadastrado attiva attivo iscritta iscritto dipendente followed following blocked stuck',
  ),
);
/** "On snap I'm called …" */
export const telling = new Set(
  listed(
    'called find findest heiß heiße llamo llamas encuentras appelle trouves trouve chamo chama encontra chiamo trovi найдешь зовут named encontra-me como comme come unter as',
  ),
);
/** "Add me on …". */
export const inviting = new Set(
  listed(
    'add find follow text dm hmu message write search agregame agrega buscame sigueme escribeme ajoute ajoutez cherche suis ecris adde folg schreib such procura adiciona segue escreve cerca aggiungi aggiungimi scrivimi добавь добавляи ищи пиши напиши',
  ),
);
/** A name ends its sentence, or what follows begins another thought. */
export const going = new Set(
  listed('and add come if on y e et und и so but there send write dm text say follow si se wenn falls ok'),
);
export const linking = new Set(
  listed(
    "is es est c'est ist e é als as like chama heißt heisse lautet это как هو 是 は って って言う under se soy sou sono",
  ),
);
export const pointing = new Set([
  ':',
  '=',
  '→',
  '>',
  '-',
  '–',
  '—',
  '➡',
  '👉',
  '(',
  '"',
  '«',
  '；',
  '~',
  '|',
]);
export const places = new Set(listed('on in en no na su auf bei sur в во على في at à nel @ ( に の で'));
export const stops = new Set(['.', '!', '?', '。', '؟', '\n', ',', '，', '、', ';', '،']);

export const asking =
  /^(?:add|find|search|follow|dm|agregame|agrega|buscame|busca|sigueme|ajoute|cherche|suis|such|suche|adde|adden|procura|adiciona|segue|cerca|cercami|aggiungimi|наиди|ищи|добавь|ضيفني|اضفني|ضيفوني|تابعني|加我|搜|検索)$/;
