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
  /** Resolves when the next hop would take something now. A decoy asks this, so that an outage is the same for it. */
  ready(): Promise<void>;
}

/** As `Mailer`. */
export interface Texter {
  send(sms: Sms): Promise<void>;
  ready(): Promise<void>;
}

/** The destination cannot be reached by any number of tries (no such mailbox, no such number). */
export class DeliveryRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DeliveryRefused';
  }
}

/** The recipient's side asks to try again later (greylisting, a full mailbox): it says nothing of our own way out. */
export class DeliveryDeferred extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DeliveryDeferred';
  }
}
