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
 * Resolves when the next hop took it. Throws `DeliveryRefused` when trying again is pointless, anything else when
 * it may help.
 */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** As `Mailer`. */
export interface Texter {
  send(sms: Sms): Promise<void>;
}

/** The destination cannot be reached by any number of tries (no such mailbox, no such number). */
export class DeliveryRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DeliveryRefused';
  }
}
