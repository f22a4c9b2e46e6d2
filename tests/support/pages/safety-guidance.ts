import { rulesPage, safetyPage } from '../../../src/features/safety/guidance/guidance.page.ts';
import type { CataloguePage } from './types.ts';

const operator = {
  name: 'ChatLink gGmbH',
  address: 'Sprachenstraße 12\n10115 Berlin\nGermany',
  abuseEmail: 'abuse@chatlink.example',
  securityContact: 'https://chatlink.example/security',
};
const longName = { ...operator, name: 'A'.repeat(80) };

function page(
  view: 'safety' | 'rules',
  name: string,
  model: CataloguePage['model'],
  signedIn = false,
): CataloguePage {
  return {
    name: `${view}${name}`,
    view: `safety/guidance/${view}`,
    model,
    signedIn,
    site: { path: `/${view}`, mobileOffered: !signedIn },
  };
}

export const guidancePages: CataloguePage[] = [
  page('safety', '', safetyPage(operator)),
  page('safety', '-long-name-signed-in', safetyPage(longName), true),
  page('rules', '', rulesPage(operator)),
  page('rules', '-long-name-signed-in', rulesPage(longName), true),
];
