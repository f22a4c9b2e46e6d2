import { listed } from './readings.ts';

/** Quantities, as no part of a number that is dialled. */
export const TOO_LARGE = 1_000;
export const DOUBLE = -2;
export const TRIPLE = -3;

function counted(from: number, step: number, words: string): (readonly [string, number])[] {
  return listed(words).flatMap((alternatives, index) =>
    alternatives.split('|').map((word) => [word, from + index * step] as const),
  );
}

/** From zero; `|` parts spellings. Languages that share a word share its number, or the word is left out. */
const units = [
  'zero|oh|nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve',
  'zero|zéro un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
  'null eins|ein zwei|zwo drei vier fünf|fuenf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  'zero um|uma dois|duas três quatro cinco seis|meia sete oito nove dez onze doze treze quatorze quinze dezesseis|dezasseis dezessete|dezassete dezoito dezenove|dezanove',
  'zero uno due tre|tré quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  'ноль|нуль один|одна|раз два|две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
  'صفر|زيرو واحد|واحدة اثنين|اثنان|إثنين|اتنين ثلاثة|ثلاث|تلاتة|تلات أربعة|أربع خمسة|خمس ستة|ست سبعة|سبع ثمانية|ثمان|تمانية تسعة|تسع عشرة|عشر',
  'शून्य|जीरो|ज़ीरो एक दो तीन चार पांच|पाँच छह|छः|छे सात आठ नौ दस',
  'sıfır bir iki üç dört beş altı yedi sekiz dokuz',
  'ling yi|yao er san si wu liu qi ba jiu',
  'rei ichi ni san yon|shi go roku nana|shichi hachi kyu|kyuu',
].flatMap((words) => counted(0, 1, words));

const tens = [
  'twenty thirty forty|fourty fifty sixty seventy eighty ninety',
  'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  'vingt|vingts trente quarante cinquante soixante septante huitante|octante nonante',
  'zwanzig dreißig|dreissig vierzig fünfzig|fuenfzig sechzig siebzig achtzig neunzig',
  'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
  'venti|vent trenta|trent quaranta|quarant cinquanta|cinquant sessanta|sessant settanta|settant ottanta|ottant novanta|novant',
  'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто',
  'عشرين|عشرون ثلاثين|ثلاثون أربعين|أربعون خمسين|خمسون ستين|ستون سبعين|سبعون ثمانين|ثمانون تسعين|تسعون',
  'yirmi otuz kırk elli altmış yetmiş seksen doksan',
].flatMap((words) => counted(20, 10, words));

const hundreds = [
  'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот',
  'cien|ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos',
  'cem duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos',
].flatMap((words) => counted(100, 100, words));

const further = [
  ...counted(
    21,
    1,
    'veintiuno|veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
  ),
  ...['hundred', 'hundert', 'cent', 'cents', 'cento', 'مية', 'مئة', 'مائة', 'yüz'].map(
    (word) => [listed(word)[0]!, 100] as const,
  ),
  ...listed(
    'thousand tausend mil mille mila тысяча тысяч тысячи ألف آلاف million millions millionen millones milhões milioni миллион миллиона миллионов مليون billion',
  ).map((word) => [word, TOO_LARGE] as const),
  ...listed('double doble doppel duplo двойной دبل ダブル').map((word) => [word, DOUBLE] as const),
  ...listed('triple tripel triplo').map((word) => [word, TRIPLE] as const),
];

export const numberWords: ReadonlyMap<string, number> = new Map([...units, ...tens, ...hundreds, ...further]);

/** Written without spaces, one after the other. */
const characters = [
  '零一二三四五六七八九',
  '〇壹贰叁肆伍陆柒捌玖',
  '〇壱弐参',
  '공일이삼사오육칠팔구',
].flatMap((row) => Array.from(row, (character, value) => [character, value] as const));
const kana = counted(
  0,
  1,
  'ぜろ|れい|まる いち|いー に|にい|にー さん よん|し|しー ご|ごー|ごお ろく なな|しち はち きゅう|きゅー|く じゅう',
);
/** Who dials says digit by digit: ten and more make a quantity. */
const quantities = Array.from('十拾십百千万億亿萬', (character) => [character, TOO_LARGE] as const);
const variants = Array.from('영0零0幺1两2兩2參3貳2陸6○0'.matchAll(/(\D)(\d)/g), ([, character, digit]) => {
  return [character!, Number(digit)] as const;
});
export const numberCharacters: ReadonlyMap<string, number> = new Map([
  ...characters,
  ...kana,
  ...variants,
  ...quantities,
]);
export const CHARACTERS_MAX = 3;
