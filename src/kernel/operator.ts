/** Who runs the site, and whom people write to. */
export interface Operator {
  name: string;
  address: string; // as on an envelope; may have lines
  abuseEmail: string;
  securityContact: string; // a URI, as RFC 9116, 2.5.3 wants it
}
