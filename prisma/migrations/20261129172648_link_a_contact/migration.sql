-- The owner's link is one a contact, no longer one an account: whoever spends the number's hour leaves the email its own. Links
-- from before stay what they are; each account has at most one, so nothing is in the way of the key.
--
-- The release before asks for a link with ON CONFLICT ("userId"), which has no index any more. While it runs beside this
-- one, such a job of its worker fails and is tried again, as after any fault, until a worker of this release has it: the link
-- comes late, or with the next asking. Its cleaning deletes by account, so that a link may be gone before its half hour is
-- over; asking again sends another. Links in people's hands open in both releases.
-- AlterTable
ALTER TABLE "PasswordResetLink" DROP CONSTRAINT "PasswordResetLink_pkey",
ADD CONSTRAINT "PasswordResetLink_pkey" PRIMARY KEY ("userId", "channel");
