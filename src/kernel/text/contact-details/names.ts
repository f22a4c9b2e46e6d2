import { isOrdinary } from './ordinary-words.ts';
import { isServiceName } from './services.ts';

const latin = /^[._]*[a-z0-9][a-z0-9._-]*[a-z0-9_]$/;
const products =
  /^(?:iphone|ipad|ipados|ios|galaxy|windows|win|covid|covid-|gpt|chatgpt|web|python|html|css|xbox|playstation|gta|fifa|ps|version|ver|formel|formula|boeing|airbus|pixel|redmi|hsk|jlpt|level|season|vol|utf|mp|top|catch|bmw|audi)-?\d+[a-z]?(?:\.\d+)*$/;
/** "5th", "30min", "1080p"; "b2", "s24", "a380", "mp3". */
const measured = /^\d+(?:[.,:h]\d+)*[a-z]{0,4}$|^[a-z]{1,2}-?\d{1,3}[a-z]?$/;
const MOST = 64; // characters
const FEWEST = 4; // characters; below, abbreviations look the same

/** Nobody writes a word like this, unless it is a name somewhere: digits, underscores or dots inside. */
export function isMadeUp(word: string): boolean {
  if (word.length < FEWEST || word.length > MOST || !latin.test(word) || !/[a-z]/.test(word)) return false;
  if (/_/.test(word.replace(/^_+(.*?)_+$/, '$1'))) return true;
  if (/\d/.test(word) && /[a-z]{2}/.test(word)) return !measured.test(word) && !products.test(word);
  const parts = word.split('.');
  const isDotted = parts.length > 1 && parts.every((part) => part.length >= 2);
  const isPlain = (part: string): boolean => isOrdinary(part) || isServiceName(part);
  return isDotted && (parts.length > 2 ? !parts.every(isPlain) : !parts.some(isPlain));
}

/** Sure enough without a service beside it. */
export function isNamedOutright(word: string): boolean {
  const letters = word.replace(/[^a-z]/g, '').length;
  return letters >= 3 && word.length > FEWEST && /[a-z0-9]_+[a-z0-9]/.test(word) && isMadeUp(word);
}

/** It could be a name, where somebody announces one. */
export function mayBeName(word: string): boolean {
  return /^[a-z][a-z0-9._-]{2,}$/.test(word) && !isOrdinary(word) && !isServiceName(word);
}
