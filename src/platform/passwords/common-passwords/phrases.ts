/** Phrases that guess as one word. */
export const phrases = `
приветкакдела какдела какделамои добрыйдень доброеутро добрыйвечер спокойнойночи досвидания довстречи большоеспасибо спасибобольшое пожалуйста
сновымгодом сднемрождения сднёмрождения срождеством христосвоскрес воистинувоскрес славабогу господипомилуй славаукраине героямслава россиявперед
запобеду дедмороз дедушкамороз крымнаш нашилюди всебудетхорошо всёбудетхорошо всехорошо жизньпрекрасна мояжизнь любовьморковь маманька
кися котя рыжик шарик тузик жучка пушок васька мурзик моякошка мойкот моясобака мойдом моямашина
якдела яксправи дужедякую щиродякую зновимроком зднемнародження зрождеством христосвоскрес воістинувоскрес всебудедобре всебудеукраїна
holaquetal comoestas buenosdias buenastardes buenasnoches muchasgracias feliznavidad felizcumpleaños felizaño felizañonuevo vivamexico vivaespaña
arribaespaña halamadrid viscabarça viscabarca vivamessi quevivalavida lavidaesbella lavidaesuncarnaval vidaloca mividaloca solotu siemprejuntos bellaciao carpediem hakunamatata
bomdia boatarde boanoite tudobem tudobom comovai muitoobrigado muitoobrigada feliznatal felizaniversario felizanonovo avidaebela amoravida vaibrasil vaicorinthians
bonjour bonnuit bonnenuit bonsoir bonnejournée commentçava commentcava çava cava mercibeaucoup joyeuxnoel joyeuxanniversaire bonneannée bonneannee allezlesbleus
vivelafrance viveparis vivelavie vivelom allezparis jenesaispas cestlavie cestmoi toutvabien
gutentag gutenmorgen gutenabend gutenacht aufwiedersehen wiegehts wiegehtesdir vielendank dankeschön frohesneuesjahr froheweihnachten froheostern allesgute
allesgutezumgeburtstag deutschlandüberalles wirsindweltmeister weltmeister hallowelt hallowiegehts ichbins allesklar
buongiorno buonasera buonanotte comestai comeva grazietante graziemille buonnatale buonanno buoncompleanno forzaitalia forzaroma forzainter laviatebella lavitaèbella lavitaebella
lamiapassword miapassword
dzieńdobry dobranoc dobrywieczór dowidzenia jaksięmasz dziękujębardzo wesołychświąt wesołychswiat szczęśliwegonowegoroku wszystkiegonajlepszego stolat polskagola
niewiem kochamcięnajbardziej bógjestmiłością
günaydın iyigünler iyigeceler iyiakşamlar nasılsın naber teşekkürederim çokteşekkürler mutluyıllar iyikidoğdun doğumgününkutluolsun hoşgeldin güle güle gülegüle
nemutlutürkümdiyene şehitlerölmez herşeyçokgüzelolacak
صباحالخير مساءالخير تصبحعلىخير كيفحالك كيفالحال شكراجزيلا معالسلامة كلعاموانتمبخير كلعاموانتبخير عيدمبارك عيدسعيد رمضانمبارك رمضانكريم عيدميلادسعيد
اللهمصلعلىمحمد اللهمصلعلىسيدنامحمد صلىاللهعليهوسلم لااله الاالله حسبناالله ونعمالوكيل حسبيالله بحبكاوي بحبكقوي احبكياامي تحيامصر
سلامحالتچطوره حالتچطوره صبحبخیر شببخیر سالنومبارک تولدتمبارک خداحافظ ممنونم
안녕히계세요 안녕히주무세요 잘자요 좋은아침 좋은하루 좋은하루되세요 새해복많이받으세요 생일축하해 생일축하해요 생일축하합니다 메리크리스마스 오늘도화이팅 오늘도행복하자 잘지내요 밥먹었어요
사랑하는사람 너를사랑해 너만사랑해 영원히사랑해 우리사랑영원히 보고싶어 보고싶다 대한민국만세 오필승코리아
おはようございます ありがとうございます ありがとうございました こんにちはせかい おめでとう おめでとうございます お誕生日おめでとう 誕生日おめでとう 明けましておめでとう あけましておめでとう メリークリスマス
いただきます ごちそうさま ごちそうさまでした いってきます ただいま おかえり おかえりなさい がんばります 頑張ります お疲れ様です お疲れ様 おつかれさま いらっしゃいませ よろしくおねがいします
君が好き きみがすき ずっと一緒 ずっといっしょ 世界平和 一期一会 花鳥風月 七転八起 日本最高
早上好 晚上好 晚安 早安 谢谢 谢谢你 对不起 没关系 不客气 再见 我想你 想你 想念你 我喜欢你 我也爱你 我永远爱你 永远爱你 爱你哦 你是谁 我是谁 我是你爸爸 新年快乐 圣诞快乐 中秋快乐 身体健康 万事如意 恭喜发财 心想事成
天天开心 开心快乐 平平安安 一生平安 好人一生平安 岁岁平安 马到成功 龙马精神 国泰民安 世界和平 天下第一 天下无敌 我最帅 我最棒 为人民服务 春眠不觉晓 床前明月光 白日依山尽 锄禾日当午
chunmianbujuexiao chuangqianmingyueguang zaoshanghao wanan zaoan xiexie xiexieni duibuqi meiguanxi zaijian woxiangni wohenhao woxihuanni woyeaini yongyuanaini
tiantiankaixin pingpinganan shentijiankang gongxifacai shengdankuaile zhongqiukuaile weirenminfuwu
καληχρονιά χρόνιαπολλά καλόμήνα τικάνεις ευχαριστώπολύ καλάχριστούγεννα ηζωήείναιωραία kalixronia xroniapolla tikaneis
מהנשמע מהשלומך בוקרטוב ערבטוב לילהטוב שבתשלום חגשמח מזלטוב שנהטובה הכלבסדר יהיהבסדר mazaltov
ohayougozaimasu arigatougozaimasu omedetou otanjoubiomedetou akemashiteomedetou itadakimasu gochisousama tadaima okaerinasai ganbarimasu otsukaresama ittekimasu
saehaebokmanhibadeuseyo saengilchukhahae annyeonghigaseyo jaljayo bogosipeo bogoshipda manse
selamathariraya selamatpagi selamatmalam selamattahunbaru chúcmừngnămmới chucmungnammoi chúcmừngsinhnhật chucmungsinhnhat สวัสดีปีใหม่ สุขสันต์วันเกิด शुभरात्रि शुभप्रभात जयमातादी हैप्पीबर्थडे
happybirthday happynewyear merrychristmas goodmorning goodnight howareyou thankyou thankyouverymuch lifeisgood lifeisbeautiful
`;
