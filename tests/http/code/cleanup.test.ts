import { expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { createAllChallenges } from '../../../src/features/auth/index.ts';
import { createAuthJobs } from '../../../src/features/auth/auth.jobs.ts';
