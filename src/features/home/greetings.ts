/** Hello, in languages that many learn: each leads to the form for whoever learns it. */
export const greetings = [
  ['Hello', 'en'],
  ['Hola', 'es'],
  ['Bonjour', 'fr'],
  ['Hallo', 'de'],
  ['こんにちは', 'ja'],
  ['Olá', 'pt'],
  ['你好', 'zh'],
  ['Ciao', 'it'],
  ['مرحبا', 'ar'],
  ['안녕하세요', 'ko'],
  ['Привіт', 'uk'],
  ['नमस्ते', 'hi'],
  ['Merhaba', 'tr'],
  ['שלום', 'he'],
  ['Hej', 'sv'],
  ['Xin chào', 'vi'],
].map(([text, lang]) => ({ text: text!, lang: lang! }));
