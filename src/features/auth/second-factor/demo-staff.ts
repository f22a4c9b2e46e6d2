import type { Clock } from '../../../kernel/clock.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import type { StaffStore } from '../staff/staff.store.ts';
import { codeAt } from './app-code.ts';
import { keyContext } from './second-factor.service.ts';

/** Of prisma/seed.ts: nobody else's code is ever shown. */
const usernames = ['desk', 'desk2', 'chief'];

interface DemoStaffDeps {
  store: Pick<StaffStore, 'demo'>;
  sealing: Pick<Sealing, 'open'>;
  clock: Clock;
}

export interface DemoCode {
  username: string;
  code: string;
}

/** What the apps of demo people at the desk would show now: for development, where nobody has such an app. */
export function createDemoStaff({ store, sealing, clock }: DemoStaffDeps) {
  return async (): Promise<DemoCode[]> => {
    const found = await store.demo(usernames);
    return found.flatMap(({ id, username, sealedKey, keyId }) => {
      const key =
        sealedKey !== null && keyId !== null && sealing.open({ keyId, text: sealedKey }, keyContext(id));
      return key ? [{ username, code: codeAt(key, clock.now()) }] : [];
    });
  };
}
