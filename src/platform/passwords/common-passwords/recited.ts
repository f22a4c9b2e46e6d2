function lines(text: string): string[] {
  return text.trim().split(/\s*\n\s*/u);
}

/** Sequences of words. */
export const recited = lines(`
один два три четыре пять шесть семь восемь девять десять
раз два три четыре пять
один два три чотири пять шість сім вісім девять десять
one two three four five six seven eight nine ten
uno dos tres cuatro cinco seis siete ocho nueve diez
um dois tres quatro cinco seis sete oito nove dez
un deux trois quatre cinq six sept huit neuf dix
eins zwei drei vier fünf sechs sieben acht neun zehn
uno due tre quattro cinque sei sette otto nove dieci
een twee drie vier vijf zes zeven acht negen tien
jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć
bir iki üç dört beş altı yedi sekiz dokuz on
satu dua tiga empat lima enam tujuh delapan sembilan sepuluh
واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة
يك دو سه چهار پنج شش هفت هشت نه ده
하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열
hana dul set net daseot yeoseot ilgop yeodeol ahop yeol
ichi ni san shi go roku nana hachi kyuu juu
いち に さん し ご ろく なな はち きゅう じゅう
yi er san si wu liu qi ba jiu shi
ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα
אחת שתיים שלוש ארבע חמש שש שבע שמונה תשע עשר
एक दो तीन चार पांच छह सात आठ नौ दस
một hai ba bốn năm sáu bảy tám chín mười
หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ
segunda terça quarta quinta sexta sábado domingo
primavera verano otoño invierno
весна лето осень зима
frühling sommer herbst winter
spring summer autumn winter
`).map((line) => line.split(' '));

/** Sequences of single letters: alphabets, numerals, days. */
export const spelled = lines(`
абвгдеёжзийклмнопрстуфхцчшщъыьэюя
абвгґдеєжзиіїйклмнопрстуфхцчшщьюя
abcçdefgğhıijklmnoöprsştuüvyz
ابتثجحخدذرزسشصضطظعغفقكلمنهوي
ابجدهوزحطيكلمنسعفصقرشتثخذضظغ
가나다라마바사아자차카타파하
ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ
ㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣ
일이삼사오육칠팔구십
一二三四五六七八九十
零一二三四五六七八九
壹贰叁肆伍陆柒捌玖拾
甲乙丙丁戊己庚辛壬癸
子丑寅卯辰巳午未申酉戌亥
鼠牛虎兔龙蛇马羊猴鸡狗猪
あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん
あかさたなはまやらわ
いろはにほへとちりぬるを
日月火水木金土
월화수목금토일
กขคงจฉชซญดตถทธนบปผฝพฟมยรลวศสหอฮ
कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह
`).map((line) => Array.from(line));

function years(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, n) => String(last - n));
}
/** Years in other calendars; zxcvbn knows those of ours. */
export const otherYears = [years(1330, 1410), years(2500, 2575)]; // Iran, Thailand
