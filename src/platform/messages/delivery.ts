export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Sms {
  to: string; // E.164
  text: string;
}

/** Resolves when the next hop took it. Throws `DeliveryRefused`, `DeliveryDeferred`, or whatever broke on our side. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Whether the next hop would take something now. Resets ask it for known and unknown contacts alike. */
  ready(): Promise<void>;
}

export interface Texter {
  send(sms: Sms): Promise<void>;
  ready(): Promise<void>;
}

/** `opted-out`: they answered STOP. `route`: our provider doesn't reach them. `sender`: we ourselves are refused. */
export type RefusalCause = 'recipient' | 'opted-out' | 'route' | 'sender';

export class DeliveryRefused extends Error {
  readonly because: RefusalCause;
  constructor(reason: string, because: RefusalCause = 'recipient') {
    super(reason);
    this.name = 'DeliveryRefused';
    this.because = because;
  }
}

/** Only this message has to wait (greylisting, a full mailbox). */
export class DeliveryDeferred extends Error {
  readonly asked: boolean; // false: the other side only fell silent
  constructor(reason: string, asked = true) {
    super(reason);
    this.name = 'DeliveryDeferred';
    this.asked = asked;
  }
}
