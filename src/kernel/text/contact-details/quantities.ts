/** Ends a run of digits. */
export const BREAK = '¶';

const whole = "[1-9]\\d{0,2}(?:[., ']\\d{3}){1,5}(?:[.,]\\d{1,2})?|(?:0|[1-9]\\d{0,8})(?:[.,]\\d{1,2})?";
/** Not the tail of a longer number, and no code of a country. */
const start = "(?<![\\d+][ .,'-]?)";
const currencies =
  '€|\\$|£|¥|₽|₹|₩|r\\$|euros?|eur|usd|dollars?|bucks|dolares|reais|pesos|dollari|рубл\\p{L}*|руб|р|円|元|块|원|ريال\\p{L}*|جنيه\\p{L}*|درهم|دينار';
const measures =
  '%|‰|°|º|km|m|cm|mm|kg|g|mg|l|ml|cl|dl|h|min|s|ms|gb|mb|kb|tb|hz|mhz|ghz|w|kw|v|км|м|см|кг|г|л|мл|мин|米|公里|克|千克|毫升|分钟|人|名|個|个|歳|岁|メートル|غرام|غ|مل|كم|متر';
const counted =
  'people|inhabitants|personas|habitantes|habitants|personnes|menschen|einwohner\\p{L}*|pessoas|persone|abitanti|человек\\p{L}*|жител\\p{L}*|نسمه|شخص\\p{L}*|followers?|seguidores|words|years|miles|views|likes|points?|punkten?|meters?|metros|metri|metres|steps';
const unit = `(?:${currencies}|${measures}|${counted})(?![\\p{L}\\p{N}])`;

const measured = new RegExp(`${start}(?:${whole}) ?${unit}`, 'gu');
const priced = new RegExp(`(?:[€$£¥₽₹₩]|usd|eur) ?(?:${whole})(?![\\d]|[ .,-]\\d)`, 'gu');
const grouped = new RegExp(`${start}[1-9]\\d{0,2}(?:,\\d{3}){2,5}(?![\\d,-])`, 'g');
/** A dot after three digits parts an area code as well, then many more follow. */
const decimal = /(?<![\d+][ .,'-]?)(?:(?:0|[1-9]\d?)[.,]\d{1,40}|[1-9]\d{2}[.,]\d{1,6})(?![.-]?\d)/g;
const time = /(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!:?\d)/g;
/** "112:108", "John 3:16-17", "ISO 9001:2015". */
const pair = /(?<![\d:])(?:\d{1,3}:\d{1,3}(?:-\d{1,3})?|\d{3,5}:(?:19|20)\d\d)(?![:-]?\d)/g;
const rounded = /(?<![\d+][ .,'-]?)[1-9]\d{0,2}(?:[.,]\d{3}){0,4}[.,]000(?!\d)/g;
const postcode =
  /〒 ?\d{3}-?\d{4}|(?<![\d+-] ?)\d{4,5}-\d{3}(?![\d-]| ?\d)|(?<=, [a-z]{2} )\d{5}(?:-\d{4})?/g;
const network = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)/g;

const date = /(?<!\d[./-]?)(\d{1,4})( ?[./\- ] ?)(\d{1,2})\2(\d{1,4})(?![./-]?\d)/g;
const isYear = /^(?:1\d|20)\d\d$/;
function isDay(first: number, second: number): boolean {
  return Math.max(first, second) <= 31 && Math.min(first, second) <= 12 && Math.min(first, second) > 0;
}
function isDate(first: string, between: string, second: string, third: string): boolean {
  if (isYear.test(first)) return third.length <= 2 && isDay(Number(second), Number(third));
  const isShort = third.length === 2 && between.trim() !== '';
  return first.length <= 2 && (isYear.test(third) || isShort) && isDay(Number(first), Number(second));
}
function isNetworkAddress(found: string): boolean {
  const parts = found.split('.');
  const inRange = parts.every((part) => Number(part) <= 255 && (part === '0' || !part.startsWith('0')));
  return inRange && parts.some((part) => part.length !== 2);
}

const bookNumber = /isbn(?:-1[03])?[ :#№]{0,3}(\d(?:[ -]?\d){8,11}[ -]?[\dx])/g;
/** ISO 2108: the last digit proves the others. */
function isBookNumber(written: string): boolean {
  const digits = Array.from(written.replace(/[ -]/g, ''), (digit) => (digit === 'x' ? 10 : Number(digit)));
  if (digits.length === 10) return digits.reduce((sum, digit, at) => sum + digit * (10 - at), 0) % 11 === 0;
  return (
    digits.length === 13 && digits.reduce((sum, digit, at) => sum + digit * (at % 2 ? 3 : 1), 0) % 10 === 0
  );
}

/** Dates, times, prices, measures and the like give way to a break. */
export function withoutQuantities(text: string): string {
  return text
    .replace(bookNumber, (found, number: string) => (isBookNumber(number) ? BREAK : found))
    .replace(date, (found, first: string, between: string, second: string, third: string) =>
      isDate(first, between, second, third) ? BREAK : found,
    )
    .replace(time, BREAK)
    .replace(pair, BREAK)
    .replace(rounded, BREAK)
    .replace(network, (found) => (isNetworkAddress(found) ? BREAK : found))
    .replace(postcode, BREAK)
    .replace(priced, BREAK)
    .replace(measured, BREAK)
    .replace(grouped, BREAK)
    .replace(decimal, BREAK);
}
