import { message, type Message } from '../../kernel/message.ts';

const groups = ['site', 'conduct', 'law', 'help'] as const;

/** A link below every page, in the column of its group. */
export interface FooterLink {
  group: (typeof groups)[number];
  label: Message;
  path: string;
}

export interface FooterGroup {
  name: Message;
  links: readonly FooterLink[];
}

export function footerOf(links: readonly FooterLink[]): FooterGroup[] {
  return groups.flatMap((id) => {
    const own = links.filter(({ group }) => group === id);
    return own.length > 0 ? [{ name: message(`web.footer.group.${id}`), links: own }] : [];
  });
}
