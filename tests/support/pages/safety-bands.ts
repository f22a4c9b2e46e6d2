import { message } from '../../../src/kernel/message.ts';
import type { CataloguePage } from './types.ts';

const lena = { username: 'lena.m', displayName: 'Lena Marie Sørensen' };
const samir = { username: 'samir', displayName: 'سمير بن يوسف' };
const mika = { username: 'mika', displayName: null };

function parted(name: string, partners: readonly object[]): CataloguePage {
  return {
    name: `parted-${name}`,
    view: 'safety/parted-page',
    model: { title: message('safety.parted.title'), parted: partners },
    signedIn: true,
    site: { path: '/safety/parted' },
  };
}

export const partedPages: CataloguePage[] = [parted('nobody', []), parted('three', [lena, samir, mika])];
