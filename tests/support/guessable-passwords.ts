function of(passwords: string): string[] {
  return passwords.trim().split(/\s*[|\n]\s*/u);
}

/** What people of each language choose first: words, names, clubs and years, walks over their keyboard, what they recite. */
export const guessable: Record<string, string[]> = {
  Russian:
    of(`пароль123 | пароль12 | привет123 | любовь123 | я люблю тебя | йцукенгш | ПАРОЛЬ123 | Пароль2024 | пароль!!
    солнышко2010 | любимая1 | ялюблютебя1 | наташа1995 | сергей1988 | спартак1922 | россия2025 | фывапролдж | ячсмитьбю | 1йфя2цыч
    1й2ц3у4к | ёжикёжик | п а р о л ь | п.а.р.о.л.ь | абвгдеёж | раздватри | понедельник1 | январьфевраль | зайка2010 | виктория1
    бабушка1 | локомотив | собака123 | золото123 | победа1945 | мороженое | учитель1 | волшебник | катюша2005 | п_а_р_о_л_ь | Привет!!!!`),
  'Russian on Latin keys or in Latin letters':
    of(`gfhjkm123 | ghbdtn123 | rfnzrfnz | yfnfif1995 | k.,jdm123 | cjkysirj
    privet12345 | parol12345 | lubov2020 | natasha1995 | yatebyalublu | zdravstvuy`),
  Ukrainian:
    of(`привіт123 | кохання1 | тебекохаю | ятебекохаю | україна2024 | славаукраїні | слава україні! | оксана1990 | львів2022
    київ12345 | сонечко1 | пароль1234 | йцукенгшщзхї | ghbdsn123 | понеділок1 | метелик1 | волошка1 | slavaukraini`),
  'Bulgarian and Serbian':
    of(`парола123 | обичамте | обичам те | здравей1 | софия2024 | уеишщксд | лозинка1 | волим те | београд1
    црвеназвезда | љњертзуи | асдфгхјк`),
  Spanish:
    of(`contraseña123 | contraseña1 | teamo12345 | contrasena123 | tequiero1 | te quiero mucho | holamundo | hola12345
    barcelona10 | realmadrid2024 | princesa1 | alejandro1 | colombia1 | micontraseña | españa2024 | qwertyuiopñ | asdfghjklñ | lunesmartes
    unodostres | Mi amor!! | corazón1 | CORAZÓN2024`),
  Portuguese:
    of(`senha12345 | senha@123 | Senha1234 | flamengo1 | corinthians | palmeiras1914 | euteamo123 | eu te amo | minhasenha1 | brasil2024
    deusefiel | jesuscristo | saudade1 | obrigado1 | futebol123 | gabriel2005 | benfica1904 | coração1 | segundaterça | umdoistres`),
  French:
    of(`motdepasse1 | motdepasse123 | jetaime123 | je t'aime! | jetaimemonamour | bonjour2024 | azerty12345 | azertyuiop | soleil2024
    marseille13 | doudou123 | chouchou1 | princesse1 | camille2003 | lundimardi | janvier2024 | undeuxtrois | qsdfghjklm`),
  German:
    of(`ichliebedich | ich liebe dich | passwort123 | passwort2024 | Passwort! | hallo12345 | schatz123 | ichhassedich | bayernmünchen | fcbayern1
    schalke04 | sommer2024 | frühling2024 | geheimnis1 | willkommen1 | deutschland1 | qwertzuiopü | asdfghjklöä | fussball1 | fußball1
    montagdienstag | schmetterling12 | kartoffel1 | regenbogen1 | einszweidrei | STRASSE123 | straße123`),
  Italian:
    of(`parola1234 | amoremio1 | tiamo123 | ti amo tanto | juventus1897 | forzanapoli | forzamilan | ciaociao | ciao12345 | buongiorno1
    francesco1 | giulia2001 | stellina1 | vaffanculo | milano2024 | lunedì123 | lunedìmartedì | unoduetre | perché123 | città2024`),
  Polish:
    of(`haslo12345 | hasło123 | mojehaslo | kochamcie | kochamcię1 | kocham cię | polska2024 | misiaczek1 | myszka123 | kotek123 | legia1916
    dupa1234 | zaq12wsx | agnieszka1 | mateusz1 | warszawa1 | słoneczko1 | poniedziałek | jedendwatrzy | łukasz1990 | ŁUKASZ1990`),
  Turkish:
    of(`sifre12345 | şifre12345 | şifre123 | parola123 | aşkım123 | askim1234 | galatasaray1 | galatasaray1905 | fenerbahce1907 | beşiktaş1903
    seniseviyorum | seni seviyorum | türkiye1923 | TÜRKİYE1923 | İSTANBUL34 | istanbul1453 | mehmet1990 | canimbenim | qwertyuıop | qwertyuıopğü
    trabzon61 | cumhuriyet1923 | çikolata1 | süleyman1 | birikiüç`),
  Arabic:
    of(`كلمةالسر | كلمةالسر123 | كلمه السر | حبيبي123 | حبيبتي1 | احبك1234 | محمد1990 | السلام عليكم | مرحبا123 | مرحبا١٢٣ | ١٢٣٤٥٦٧٨
    الله اكبر | الحمد لله | ضصثقفغعه | شسيبلاتنم | ابتثجحخد | ابجدهوز | مصر12345 | القاهرة1 | الهلال123 | صباح الخير | مُحَمَّد1234 | مـرحـبـا1
    أحمد2024 | احمد2024 | الاحدالاثنين`),
  'Arabic in Latin letters': of(
    `habibi123 | habibti1 | ahmed1234 | mohamed1 | bismillah | mashallah1 | marhaba1 | bahebak1 | omar1995 | alhamdulillah | 7abibi123`,
  ),
  Persian: of(
    `سلام1234 | دوستت دارم | ایران123 | تهران1400 | رمز عبور | رمزعبور۱۲۳ | ۱۲۳۴۵۶۷۸ | شسیبلاتنم | پرسپولیس | محمدرضا1 | خدایا123`,
  ),
  Hebrew: of(
    `סיסמה123 | שלום1234 | אניאוהבאותך | אני אוהב אותך | קראטוןםפ | שדגכעיחל | ישראל1948 | ירושלים1 | אבגדהוזח | מכביחיפה | אחתשתייםשלוש | shalom123`,
  ),
  Greek:
    of(`κωδικός1 | ΚΩΔΙΚΟΣ123 | αγάπημου1 | σ'αγαπώ πολύ | ολυμπιακός7 | παναθηναϊκός | σαγαπώ123 | ςερτυθιοπ | αβγδεζηθ | καλημέρα1 | Ελλάδα2024 | kalimera1
    δευτέρατρίτη`),
  Korean:
    of(`비밀번호1234 | 사랑해요1234 | ㅂㅈㄷㄱㅅㅛㅕㅑ | 사랑해1234 | 비밀번호!!!! | 안녕하세요123 | 대한민국2002 | ㅁㄴㅇㄹㅎㅗㅓㅏ | ㅋㅋㅋㅋㅋㅋㅋㅋ | ㅂㅈㄷㄱ1234
    가나다라마바사아 | 일이삼사오육칠팔 | 하나둘셋넷다섯 | 방탄소년단123 | 엄마사랑해123 | 김민수1990 | 월요일화요일 | ㄱㄴㄷㄹㅁㅂㅅㅇ | ㅏㅑㅓㅕㅗㅛㅜㅠ`),
  'Korean on Latin keys or in Latin letters':
    of(`qlalfqjsgh | qlalfqjsgh1 | tkfkdgody123 | dkssudgktpdy | eogksalsrnr | gksrnr1234 | saranghae1 | annyeonghaseyo
    bimilbeonho | daehanminguk | hanadulset`),
  Japanese:
    of(`パスワード123 | ぱすわーど123 | ﾊﾟｽﾜｰﾄﾞ１２３ | ありがとう123 | こんにちは123 | あいしてる123 | 愛してる1234 | さくら20240 | あいうえおかきく | あああああああああ
    いろはにほへと1 | かきくけこさしすせそ | ドラゴンボール1 | ポケモン12345 | 月火水木金土日 | 一二三四五六七八 | 東京2020 | おやすみなさい1 | タナカ1990`),
  'Japanese in Latin letters': of(
    `aishiteru1 | daisuki123 | arigatou1 | sakura123 | nihon2020 | konnichiwa | tanaka1234 | suzuki1990 | kawaii123 | naruto123 | mika1995 | ichinisan`,
  ),
  Chinese:
    of(`一二三四五六七八 | 密码密码密码密码 | 密码123456 | 密碼123456 | 我爱你1234 | 我爱你一万年1 | 我愛你1314 | 北京欢迎你2008 | 中国123456 | 甲乙丙丁戊己庚辛 | 中华人民共和国1
    子丑寅卯辰巳午未 | 好好学习天天向上 | 生日快乐1234 | 爸爸妈妈我爱你1 | 零一二三四五六七 | １２３４５６７８ | 一月二月三月四月`),
  'Chinese in Latin letters': of(
    `woaini1314 | woaini520 | woaini123 | wodemima | mima123456 | nihao123 | a5201314 | 5201314a | zhang123 | wangwei123 | beijing2008 | lijun1985 | yiersansi`,
  ),
  'Vietnamese, Thai and Hindi':
    of(`mậtkhẩu1 | matkhau123 | anhyêuem | anh yêu em | anhyeuem1 | xin chào 123 | việtnam1 | รหัสผ่าน1 | สวัสดีครับ | ฉันรักเธอ1 | ฟหกดเ้่า | पासवर्ड123 | नमस्ते123
    मेराभारतमहान | namaste123 | jaishreeram | १२३४५६७८ | ๑๒๓๔๕๖๗๘`),
  'other Latin alphabets':
    of(`welkom01 | wachtwoord1 | heslo1234 | miluji tě | jelszo123 | szeretlek1 | parola1234 | teiubesc1 | te iubesc | lösenord1 | losenord1 | salasana1
    rakastan sinua | rahasia123 | sayangku1 | aku cinta kamu | kjærlighet1 | adgangskode`),
  English: of(
    `iloveyou1 | i love you | password123 | qwertyui | ｐａｓｓｗｏｒｄ１ | Pässwörd1 | p4$$w0rd | mondaytuesday | onetwothree | JanuaryFebruary | tuesdaymonday1 | p a s s w o r d`,
  ),
};

/** Words that have nothing to do with each other, and letters drawn by lot. */
export const unguessable: Record<string, string[]> = {
  Russian:
    of(`зелёный чайник поёт утром | семь лодок у причала | кот украл мою сосиску | верблюд-фонарь-кисель | моя соседка играет на трубе | Ведро гвоздей 47
    три медведя пьют компот | лжэъщ72ыф | бурый понедельник без зонта`),
  Ukrainian: of(
    `зелений чайник співає зранку | сім човнів біля пристані | мій сусід грає на трубі | верблюд-ліхтар-кисіль | кіт поцупив мою ковбасу | Відро цвяхів 47`,
  ),
  Spanish:
    of(`siete barcas en el muelle | la abuela hornea los viernes | el gato robó mi salchicha | paraguas-roto-en-marzo | tres tristes tigres tragaban trigo
    verde tierra lunes tigre | Cubo de clavos 47`),
  Portuguese: of(
    `sete barcos no cais velho | minha vizinha toca trombone | o gato roubou minha linguiça | guarda-chuva quebrado em março | Balde de pregos 47`,
  ),
  French: of(
    `sept barques près du quai | un chien vert mange la lune | un lion rouge dort en été | le chat a volé ma saucisse | parapluie cassé en mars | Seau de clous 47`,
  ),
  German: of(
    `sieben Boote am alten Steg | die Oma backt freitags Kuchen | Kamel Laterne Wackelpudding | kaputter Regenschirm im März | Eimer voller Nägel 47`,
  ),
  Italian: of(
    `sette barche al molo vecchio | la nonna inforna il venerdì | cammello lanterna budino | ombrello rotto a marzo | Secchio di chiodi 47`,
  ),
  Polish: of(
    `siedem łódek przy molo | babcia piecze ciasto w piątek | kot ukradł moją kiełbasę | wielbłąd latarnia kisiel | Wiadro gwoździ 47`,
  ),
  Turkish: of(
    `iskelede yedi eski kayık | komşum trombon çalıyor | kedi sosisimi çaldı | deve fener muhallebi | Bir kova çivi 47`,
  ),
  Arabic: of(
    `سبعة قوارب عند الرصيف | جارتي تعزف على البوق | القط سرق نقانق الجيران | جمل فانوس مهلبية | دلو من المسامير 47`,
  ),
  Korean: of(
    `낡은 부두에 배 일곱 척 | 옆집 누나가 트럼본을 분다 | 고양이가 내 소시지를 훔쳤다 | 못이 가득한 양동이 47 | 뷁쀍쒟쩗쏋끊뙤쮸`,
  ),
  Japanese: of(
    `古い桟橋に船が七そう | 隣の人はトロンボーンを吹く | 猫が私のソーセージを盗んだ | がっこうのプールでペンギン | 釘がいっぱいのバケツ47`,
  ),
  Chinese: of(
    `旧码头边有七条小船 | 邻居半夜练习吹长号 | 花猫偷走了我的香肠 | 骆驼灯笼绿豆糕 | 一桶生锈的铁钉47`,
  ),
  'Greek, Hebrew, Thai, Vietnamese and Hindi': of(
    `επτά βάρκες στο μόλο | שבע סירות ליד המזח | เรือเจ็ดลำที่ท่าน้ำเก่า | bảy chiếc thuyền bên bến cũ | पुराने घाट पर सात नावें`,
  ),
  English: of(
    `correct horse battery staple | lantern-tandem-42 | meadow-trumpet-93 | tiger purple monday north | seven boats at the old pier`,
  ),
  'nothing at all': of(`kzqWv37! | q!7?x.z9 | Xk7-pq2-Lm9 | 4._-c-4c | 🦊🐙🌵🧭🪁🛶🎻🎲`),
};
