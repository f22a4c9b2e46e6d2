import { expect, test } from '@jest/globals';
import { intendedDomain } from '../../../src/kernel/email-typos.ts';

test.each([
  ['ann@gmial.con', 'gmail.com'],
  ['ann@gmial.com', 'gmail.com'],
  ['ann@gmail.co', 'gmail.com'],
  ['ann@gmail.cm', 'gmail.com'],
  ['ann@gmail.comm', 'gmail.com'],
  ['ann@gmal.com', 'gmail.com'],
  ['ann@gnail.com', 'gmail.com'],
  ['Ann@GMAIL.CON', 'gmail.com'],
  ['ann@hotmial.com', 'hotmail.com'],
  ['ann@hotmai.com', 'hotmail.com'],
  ['ann@outlok.com', 'outlook.com'],
  ['ann@yaho.com', 'yahoo.com'],
  ['ann@yahooo.com', 'yahoo.com'],
  ['ann@iclod.com', 'icloud.com'],
  ['ann@protonmial.com', 'protonmail.com'],
  ['ann@yandx.ru', 'yandex.ru'],
])('%s was probably meant for %s', (address, domain) => {
  expect(intendedDomain(address)).toBe(domain);
});

test.each([
  'ann@gmail.com',
  'ann@googlemail.com',
  'ann@yahoo.ca',
  'ann@yahoo.co.uk',
  'ann@yahoo.com.br',
  'ann@hotmail.fr',
  'ann@hotmail.co.uk',
  'ann@outlook.cl',
  'ann@yandex.by',
  'ann@mail.com',
  'ann@email.com',
  'ann@ymail.com',
  'ann@gmx.com',
  'ann@gmaiil.example',
  'ann@gail.company',
  'ann@school.example',
  'ann@xn--bcher-kva.example',
])('nothing is wrong with %s', (address) => {
  expect(intendedDomain(address)).toBeNull();
});
