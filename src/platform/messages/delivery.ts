/** A mail as it leaves: text and html of one letter. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Sms {
  /** E.164. */
  to: string;
  text: string;
}

/**
 * Resolves when the next hop took it. Throws `DeliveryRefused` when trying again is pointless, `DeliveryDeferred` when
 * this one message has to wait, anything else when our own way out is broken.
 */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Resolves when the next hop would take something now. Resets ask this, known and unknown alike. */
  ready(): Promise<void>;
}

/** As `Mailer`. */
export interface Texter {
  send(sms: Sms): Promise<void>;
  ready(): Promise<void>;
}

/**
 * Why no number of tries helps. `recipient`: no such mailbox, no such number. `opted-out`: whoever has the number asked us
 * to stop. `route`: our way out does not lead there. `sender`: we are turned away, whoever it is for.
 */
export type Refusal = 'recipient' | 'opted-out' | 'route' | 'sender';

export class DeliveryRefused extends Error {
  readonly because: Refusal;
  constructor(reason: string, because: Refusal = 'recipient') {
    super(reason);
    this.name = 'DeliveryRefused';
    this.because = because;
  }
}

/** This one message has to wait (greylisting, a full mailbox): it says nothing of our own way out. */
export class DeliveryDeferred extends Error {
  /** The other side said so; false: it only fell silent. */
  readonly asked: boolean;
  constructor(reason: string, asked = true) {
    super(reason);
    this.name = 'DeliveryDeferred';
    this.asked = asked;
  }
}
