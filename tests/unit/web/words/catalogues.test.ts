import { expect, test } from '@jest/globals';
import express, { type Request } from 'express';
import { openCatalogues } from '../../../../src/web/words/catalogues.ts';
import { localesBeside } from '../../../support/locales.ts';

const dir = localesBeside({
  cy: { 'home.find.button': 'Mewngofnodi' },
  pt: {},
  'pt-BR': {},
  'zh-Hant': {},
  ar: {},
});

function open(pseudo: boolean) {
  const catalogues = openCatalogues(dir, { pseudo });
  const localeFor = (acceptLanguage?: string): string => {
    const req = Object.create(express().request) as Request;
    req.headers = acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage };
    return catalogues.wordsFor(req).locale;
  };
  return { ...catalogues, localeFor };
}

test.each([
  ['nothing is asked for', undefined, 'en'],
  ['a language is there', 'cy', 'cy'],
  ['its region is asked for', 'cy-GB, en;q=0.5', 'cy'],
  ['another is wanted more', 'en, cy;q=0.9', 'en'],
  ['none is there but the last', 'ja, de;q=0.7, cy;q=0.1', 'cy'],
  ['none is there', 'ja, de', 'en'],
  ['a region has its own', 'pt-BR, pt;q=0.9', 'pt-BR'],
  ['a region has none of its own', 'pt-AO, en;q=0.9', 'pt'],
  ['a region writes in another script', 'zh-TW', 'zh-Hant'],
  ['a region has only the other script', 'zh-CN, en;q=0.5', 'en'],
  ['a tag is none', '*, <script>', 'en'],
])('where %s', (_, header, locale) => {
  expect(open(false).localeFor(header)).toBe(locale);
});

test('pseudo-locales are for whoever asks for them by name, and for nobody in production', () => {
  const { localeFor } = open(true);
  expect(['en-XA', 'en-US, en-XA;q=0.1', 'ar-XB', 'ar-EG', 'en-GB'].map(localeFor)).toEqual([
    'en-XA',
    'en-XA',
    'ar-XB',
    'ar',
    'en',
  ]);
  expect(open(false).localeFor('en-XA')).toBe('en');
  expect(open(false).wordsIn('en-XA').locale).toBe('en');
});

test('what a locale lacks is said in English', () => {
  const { t } = open(false).wordsIn('cy');
  expect([t('home.find.button'), t('home.steps.heading')]).toEqual(['Mewngofnodi', 'How it works']);
  expect(open(false).wordsIn('br').locale).toBe('en');
});
