import { expect, test } from '@jest/globals';
import { whereToGo } from '../../../../bin/lib/run/site.mjs';

const url = 'http://localhost:3000';

test.each([{}, { NODE_ENV: 'development' }, { SMTP_URL: ' ' }])(
  'a start ends with the address and the outbox of development: %p',
  (env) => {
    expect(whereToGo(url, env)).toEqual([
      'ChatLink is at http://localhost:3000',
      'Mail, SMS and codes of the desk are at http://localhost:3000/dev/outbox',
    ]);
  },
);

test.each([{ NODE_ENV: 'production' }, { SMTP_URL: 'smtp://127.0.0.1' }, { TWILIO_ACCOUNT_SID: 'AC1' }])(
  'and with the address alone where messages leave: %p',
  (env) => expect(whereToGo(url, env)).toEqual(['ChatLink is at http://localhost:3000']),
);
