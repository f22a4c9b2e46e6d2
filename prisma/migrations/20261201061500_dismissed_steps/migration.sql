-- One's own profile proposes what would help it most; what somebody put away is not proposed again.
ALTER TABLE "User" ADD COLUMN "dismissedSteps" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "User" ADD CONSTRAINT "User_dismissedSteps_known" CHECK ("dismissedSteps" <@ ARRAY['picture', 'words', 'levels']);
