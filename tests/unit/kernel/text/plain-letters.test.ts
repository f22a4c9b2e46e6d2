import { expect, test } from '@jest/globals';
import { plainLetters } from '../../../../src/kernel/text/plain-letters.ts';

test.each([
  ['Spanish', 'contraseña', 'contrasena'],
  ['Polish', 'Hasło Łódź', 'Haslo Lodz'],
  ['Turkish', 'şifre İstanbul ışık', 'sifre Istanbul isik'],
  ['German', 'Straße STRAẞE Öl', 'Strasse STRASsE Ol'],
  ['Danish', 'kjærlighet på øya', 'kjaerlighet pa oya'],
  ['Vietnamese', 'mật khẩu đường', 'mat khau duong'],
  ['Russian', 'ёжик йод', 'ежик иод'],
  ['Greek', 'κωδικός', 'κωδικοσ'],
  ['Arabic', 'مُحَمَّد أحمد كلمة', 'محمد احمد كلمه'],
  ['Persian', 'کلید فارسی', 'كليد فارسي'],
  ['Hebrew points', 'שָׁלוֹם', 'שלום'],
  ['katakana', 'パスワード', 'ぱすわーど'],
  ['half-width katakana', 'ﾊﾟｽﾜｰﾄﾞ', 'ぱすわーど'],
  ['full width', 'ｐａｓｓ１', 'pass1'],
  ['digits of many keyboards', '١٢٣ ۱۲۳ १२३ ১২৩ ๑๒๓ ១២៣ ၁၂၃ ༡༢༣', '123 123 123 123 123 123 123 123'],
  ['Korean', '비밀번호', '비밀번호'],
  // Letters, though Unicode calls them marks.
  ['Hindi vowels', 'पासवर्ड', 'पासवर्ड'],
  ['Thai vowels', 'รหัสผ่าน', 'รหัสผ่าน'],
])('%s', (_, text, plain) => {
  expect(plainLetters(text)).toBe(plain);
  expect(plainLetters(text.normalize('NFD'))).toBe(plain);
});
