/** Arabic and Persian, Hebrew, Greek, Hindi, Thai, Vietnamese, Indonesian, and further Latin spellings. */
export const arabic = `
كلمةالسر كلمةالمرور كلمة السر السر سري كلمهالسر مرحبا مرحبابك اهلا اهلاوسهلا السلامعليكم سلام السلام عليكم صباحالخير مساءالخير
تصبحعلىخير شكرا شكراجزيلا حبيبي حبيبتي حبيبقلبي ياحبيبي حب الحب احبك انااحبك بحبك احبكجدا عشق عشقي قلبي ياقلبي روحي
حياتي عمري عيوني نورعيني قمر القمر شمس نجمة نجوم وردة ورود زهرة زهور فراشة عصفور اسد الاسد نمر ذئب حصان قطة ملاك ملك الملك
ملكة اميرة الاميرة امير امي ابي امي وابي ماما بابا عائلتي اسرتي اخي اختي ابني بنتي صديقي صديقتي اصدقاء الله اللهاكبر الحمدلله
الحمدلله سبحانالله لاالهالاالله لاالهالااللهمحمدرسولالله بسمالله بسماللهالرحمنالرحيم استغفرالله ماشاءالله انشاءالله يارب يارب العالمين
ياالله توكلتعلىالله محمد محمدرسولالله الرسول القران مكة المدينة رمضان رمضانكريم احمد محمود علي حسن حسين ابراهيم خالد عمر عمرو
عثمان يوسف مصطفى عبدالله عبدالرحمن سعد سعيد فهد سلطان ناصر طارق كريم سامي وليد هاني ياسر فاطمة عائشة مريم زينب خديجة نور
سارة ليلى هند امل ايمان اسماء هدى منى دنيا رنا ريم مصر القاهرة السعودية الرياض جدة فلسطين القدس غزة سوريا دمشق العراق بغداد
لبنان بيروت الاردن المغرب الجزائر تونس ليبيا السودان اليمن الكويت قطر الامارات دبي عمان البحرين الاهلي الزمالك الهلال النصر
الاتحاد ريالمدريد برشلونة ميسي رونالدو كرةالقدم السعادة سعادة امل الامل الحرية حرية سلامي الحياة الدنيا الجنة
افتحياسمسم سمسم لااعرف مااعرف نسيت مدير المدير مستخدم ضيف تجربة اختبار دخول كمبيوتر مدرسة معلم طبيب مهندس
ابتثجحخد ابجد ابجدهوز واحداثنانثلاثة الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت
رمزعبور رمز گذرواژه پسورد سلامسلام دوستتدارم عاشقتم عشقمن عزیزم جانم قلبم خدا خدایا یاعلی یاحسین ایران تهران پرسپولیس
استقلال مادر پدر مامان بابایی ستاره خورشید ماه گل پروانه محمدرضا علیرضا فاطمه زهرا مهدی رضا امیر سارا مریم نمیدانم فراموش
خوشبختی زندگی آزادی امید
`;
export const arabicInLatin = `
kalimatalsir kalimatusirr kelmetelser kelmetalser marhaba marhaban ahlan ahlanwasahlan salam salamalaikum salamualaikum assalamualaikum alsalamalaikum
sabahalkhair masaalkhair shukran shokran habibi habibti habibty yahabibi hob hobi hubbi bahebak bahebik ohebok uhibbuk ana7abak a7bk
albi galbi qalbi rohi ro7i hayati 7ayati omri 3omri 7abibi 7abibti 3omry amar qamar shams warda malak malik amira ommi abi mama baba
allah allahakbar allahuakbar alhamdulillah elhamdulillah hamdolilah subhanallah lailahaillallah bismillah astaghfirullah mashallah inshallah yarab
yarabb yaallah muhammad mohammed mohamed mohammad ahmed mahmoud ali hassan hussein ibrahim khaled omar osman yousef mostafa
mustafa abdallah abdullah abdulrahman fatima fatma aisha mariam maryam zainab khadija nour sara laila amal misr masr alqahira
elahly alahly ahly zamalek elzamalek alhilal alnasr ittihad falastin palestine filistin alquds gaza maghrib algerie 123viva
tounes lebnan souria iraq iran esteghlal perspolis doostetdaram eshgham azizam ramzobur ramz
`;
export const hebrew = `
סיסמה סיסמא הסיסמהשלי שלום שלוםשלום שלוםלכולם אהבה אניאוהבאותך אניאוהבתאותך אוהבאותך אהוביובשלי אהובי אהובה חיים חייםשלי נשמה
מאמי מותק ישראל עםישראל עםישראלחי ירושלים תלאביב חיפה מכבי מכביחיפה מכביתלאביב הפועל ביתר אמא אבא אמאאבא משפחה אחי
אחותי סבתא סבא חבר חברים תודה תודהרבה בוקרטוב לילהטוב שבתשלום אלוהים השם בעזרתהשם משיח דוד משה יוסף אברהם יצחק יעקב
שרה רבקה רחל לאה מרים נועה יעל תמר מיכל אסתר כלב חתול פרח ורד שמש ירח כוכב שמיים ים אריה נמר מלאך נסיכה מלכה מלך כדורגל
סוד כניסה מנהל משתמש אורח לאיודע שכחתי אבגדה אבגדהוזח
sisma sismah shalom shalomshalom ahava aniohevotach aniohevetotcha israel amisrael amisraelchai yerushalayim telaviv maccabi
maccabihaifa hapoel beitar imaaba mishpacha toda todaraba bokertov lailatov shabatshalom mashiach noa yael
`;
export const greek = `
κωδικός κωδικοσ οκωδικόςμου συνθηματικό αγάπη αγάπημου αγαπημου σαγαπώ σεαγαπώ σαγαπάω σαγαπωπολυ γεια γειασου γειά καλημέρα καληνύχτα
καλησπέρα ελλάδα ελλάς αθήνα θεσσαλονίκη κρήτη κύπρος ολυμπιακός ολυμπιακος παναθηναϊκός αεκ παοκ άρης μαμά μπαμπάς οικογένεια
ζωή ζωήμου καρδιά καρδιάμου ψυχή ψυχήμου μωρόμου μάτιαμου ήλιος φεγγάρι θάλασσα ουρανός αστέρι λουλούδι πεταλούδα σκύλος
γάτα λιοντάρι άγγελος θεός παναγία χριστός ελευθερία ευτυχία ελπίδα ευχαριστώ παρακαλώ μυστικό διαχειριστής χρήστης δεν ξέρω δενξέρω ξέχασα
ποδόσφαιρο γιώργος δημήτρης κώστας γιάννης νίκος παναγιώτης μαρία ελένη κατερίνα σοφία αλφάβητο αβγδε αβγδεζ
kodikos agapi agapimou sagapo sagapw sagapopoli kalimera kalispera kalinixta geiasou geia ellada hellas athina
thessaloniki kriti kypros olympiakos olympiacos olimpiakos panathinaikos paok mama mpampas zoi zoimou kardia psixi moromou
matiamou iliosmou fegari thalassa ouranos asteri louloudi skilos gata theos panagia giorgos dimitris kostas giannis nikos
`;
export const others = `
पासवर्ड नमस्ते नमस्कार प्यार मेराप्यार भारत मेराभारत मेराभारतमहान जयहिन्द जयहिंद भारतमाताकीजय जयश्रीराम जयश्रीकृष्ण हरेकृष्ण ओमनमःशिवाय राम सीताराम
कृष्ण राधेकृष्ण राधेराधे शिव गणेश हनुमान मां माँ पापा मम्मी परिवार दोस्त दिल्ली मुंबई क्रिकेट सचिन धन्यवाद शुभप्रभात जिंदगी दुनिया
namaste namaskar pyar pyaar mujhetumsepyarhai tumsepyarhai bharat merabharat merabharatmahan jaihind vandemataram jaishriram jaishreeram
jaishrikrishna harekrishna omnamahshivaya omsairam sairam shriram radhakrishna radhekrishna radheradhe krishna ganesha ganesh
hanuman jaimatadi ilovemyindia hindustan dilse jaanu jaaneman zindagi duniya dosti
รหัสผ่าน สวัสดี สวัสดีครับ สวัสดีค่ะ รัก รักนะ ฉันรักเธอ ผมรักคุณ รักแม่ รักพ่อ ประเทศไทย ไทยแลนด์ กรุงเทพ ขอบคุณ ขอบคุณครับ แม่ พ่อ ครอบครัว ความรัก ความสุข เพื่อน
ความลับ ไม่รู้ ลืม หมา แมว ฟ้า ดาว พระจันทร์ ดอกไม้ กขคง กขคงจ
rahatpan sawasdee sawatdee sawasdeekrub chanrakter rakna rakmae prathetthai thailand krungthep khobkhun khopkhun
mậtkhẩu matkhau matkhau123 matkhaumoi anhyêuem anhyeuem emyêuanh emyeuanh yêuem yeuem yeuanh tôiyêuem toiyeuem iloveyouem vợyêu voyeu chồngyêu chongyeu
tìnhyêu tinhyeu xinchào xinchao chàobạn chaoban chaocacban cảmơn camon camonban việtnam vietnam hànội hanoi sàigòn saigon hochiminh bácHồ giađình giadinh
mẹyêu bốmẹ bome conyêu conyeu emyeu hạnhphúc hanhphuc bímật bimat khôngbiết khongbiet quênrồi concacc nguyenvan nguyenthi nguyen
khôngnhớ taoyeumay maiyeuem nhớem nhoem nhoanh
katasandi sandi rahasia katasandiku cinta cintaku akucintakamu akucintapadamu akusayangkamu sayang sayangku sayangkamu akusayang
iloveuforever indonesia merdeka indonesiaraya jakarta bandung surabaya bismillah alhamdulillah mamapapa ibubapak keluarga
bahagia selamatpagi terimakasih semangat bidadari doraemon persib persibbandung persija arema aremania katalaluan malaysia malaysiaboleh
wachtwoord wachtwoord1 welkom welkom01 welkom123 geheim ikhouvanjou ikhouvanje liefde schatje lieverd hallo hoi goedemorgen amsterdam rotterdam
nederland oranje ajax feyenoord psv voetbal wilhelmina poes hond familie mama papa zomer winter lente herfst sinterklaas
heslo heslo123 mojeheslo tajneheslo ahoj ahojahoj miluji milujute milujitě láska lásko sluníčko praha česko slovensko sparta
spartapraha slavia slaviapraha baník kočička pejsek rodina máma táta kamarád léto zima jaro podzim dobrýden pivo hokej bratislava
jelszó jelszo jelszo123 titok titkos szeretlek szeretleknagyon szeretlekteged szerelem szerelmem magyarország magyarorszag budapest fradi ferencváros
ferencvaros puskás kiscica cica kutya család anya apa anyaapa csillag napfény tavasz nyár ősz tél jóreggelt hello szia sziasztok köszönöm
parolă parola parolamea teiubesc teiubescmult iubire iubireamea iubita iubitul dragoste dragostea românia romania bucurești bucuresti steaua
steauabucuresti dinamo dinamobucuresti rapid rapidbucuresti soare stea fluture mamatata familie bunaziua salut noroc doamneajuta
lösenord losenord lösenord123 lösenord1 hemligt hemlig hejhej hejsan jagälskardig jagalskardig älskling alskling älskar kärlek karlek sverige
stockholm göteborg malmö aik hammarby djurgården sommar vinter fotboll hockey katten hunden familj mamma pappa passord passord1 norge
oslo jegelskerdeg elskerdeg kjærlighet sommer adgangskode kodeord danmark københavn jegelskerdig kærlighed skat salasana salasana1 salasana123 suomi helsinki minärakastansinua
rakastan rakastansinua rakkaus kulta perkele vittu saatana kesä talvi moikka moimoi koira kissa
`;
