import { mailboxOf } from '../../../kernel/email-address.ts';
import type { Db } from '../../../platform/stores/db.ts';

/** Without what opens a code, and without `decoy`, which would tell of somebody else. */
const codeColumns = {
  channel: true,
  destination: true,
  reference: true,
  attempts: true,
  sends: true,
  failedSends: true,
  delivery: true,
  trouble: true,
  createdAt: true,
  nextSendAt: true,
  expiresAt: true,
  endsAt: true,
  consumedAt: true,
} as const;

const oldestFirst = { orderBy: { createdAt: 'asc' } } as const;

/** Without hashes, keys and tokens. */
export function createDataExportStore(db: Db) {
  return {
    /** Null: nobody. */
    async account(userId: string) {
      const person = await db.user.findUnique({
        where: { id: userId },
        select: {
          username: true,
          email: true,
          emailKey: true,
          emailVerifiedAt: true,
          phone: true,
          phoneVerifiedAt: true,
          dateOfBirth: true,
          locale: true,
          createdAt: true,
          updatedAt: true,
          securityVersion: true,
          recoveryVersion: true,
          recoveredAt: true,
          recoveredBy: true,
          passwordRevokedAt: true,
          role: true,
          suspendedUntil: true,
          bannedAt: true,
          limitedUntil: true,
        },
      });
      if (!person) return null;
      const { email, emailVerifiedAt, phone, phoneVerifiedAt, securityVersion, dateOfBirth } = person;
      return {
        keys: [person.emailKey, person.phone].filter((key) => key !== null),
        securityVersion,
        account: {
          username: person.username,
          dateOfBirth: dateOfBirth.toISOString().slice(0, 10),
          locale: person.locale,
          role: person.role,
          suspendedUntil: person.suspendedUntil,
          bannedAt: person.bannedAt,
          limitedUntil: person.limitedUntil,
          joinedAt: person.createdAt,
          changedAt: person.updatedAt,
          securityVersion,
          recoveryVersion: person.recoveryVersion,
          recoveredAt: person.recoveredAt,
          recoveredBy: person.recoveredBy,
          passwordRevokedAt: person.passwordRevokedAt,
        },
        contacts: {
          email: email && { address: email, verifiedAt: emailVerifiedAt },
          mobile: phone && { number: phone, verifiedAt: phoneVerifiedAt },
        },
      };
    },

    /** For the account and its contacts, whoever asked. */
    async codes(userId: string, keys: string[]) {
      const [signUp, passwordReset, contactChange] = await Promise.all([
        db.registrationOtp.findMany({
          where: { destinationKey: { in: keys } },
          select: codeColumns,
          ...oldestFirst,
        }),
        db.passwordResetOtp.findMany({ where: { userId }, select: codeColumns, ...oldestFirst }),
        db.contactChangeOtp.findMany({ where: { userId }, select: codeColumns, ...oldestFirst }),
      ]);
      return { signUp, passwordReset, contactChange };
    },

    links: (userId: string) =>
      db.passwordResetLink.findMany({
        where: { userId },
        select: { channel: true, createdAt: true, expiresAt: true, usedAt: true },
        ...oldestFirst,
      }),

    contactChanges: (userId: string) =>
      db.contactUndo.findMany({
        where: { userId },
        omit: { id: true, userId: true, keyId: true, tokenHash: true, oldKey: true },
        ...oldestFirst,
      }),

    events: (userId: string) =>
      db.securityEvent.findMany({
        where: { userId },
        omit: { id: true, userId: true, noticeDue: true },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      }),

    /** Null: none. */
    async secondFactor(userId: string) {
      const [factor, signingIn] = await Promise.all([
        db.secondFactor.findUnique({
          where: { userId },
          select: {
            setUpAt: true,
            wrongCodes: true,
            wrongCodesOfDevices: true,
            recoveryCodes: { select: { madeAt: true, usedAt: true } },
            lost: { select: { beganAt: true, opensAt: true, tellAt: true } },
          },
        }),
        db.secondStep.findMany({
          where: { userId },
          select: { ofDevice: true, attempts: true, endsAt: true, passedAt: true },
        }),
      ]);
      return factor && { ...factor, signingIn };
    },

    /** Of the last day. */
    counts: (keys: string[]) =>
      db.destinationBudget.findMany({ where: { destinationKey: { in: keys.map(mailboxOf) } } }),
  };
}

export type DataExportStore = ReturnType<typeof createDataExportStore>;
