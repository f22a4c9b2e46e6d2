import { openSmtpSink } from './smtp.ts';

/** A mail server in a process of its own. Prints a line once it listens, then each mail that it took, as JSON. */
const { mails } = await openSmtpSink(Number(process.argv[2]));
console.log('"listening"');
let told = 0;
setInterval(() => {
  for (; told < mails.length; told++) {
    const { to, subject, text } = mails[told]!;
    console.log(JSON.stringify({ to: [to ?? []].flat()[0]?.value[0]?.address, subject, text }));
  }
}, 10);
