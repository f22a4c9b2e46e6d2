import { need } from '../../../browser/index.ts';

/** The country code of the mobile number follows the country, until one is chosen or a number is typed. */
const country = need(HTMLSelectElement, '#country');
const code = need(HTMLSelectElement, '#mobileCountry');
const number = need(HTMLInputElement, '#mobile');

let isChosen = country.value !== '' && code.value !== country.value;
code.addEventListener('change', () => (isChosen = true));
country.addEventListener('change', () => {
  if (isChosen || number.value !== '') return;
  // Not every country can be texted.
  const isOffered = [...code.options].some(({ value }) => value === country.value);
  if (isOffered) code.value = country.value;
});
