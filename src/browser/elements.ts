interface Kind<E extends Element> {
  new (): E;
}

/** The first element that a selector finds, where it is of this kind. */
export function find<E extends Element>(
  kind: Kind<E>,
  selector: string,
  within: ParentNode = document,
): E | null {
  const found = within.querySelector(selector);
  return found instanceof kind ? found : null;
}

/** The same, where the page cannot be without it. */
export function need<E extends Element>(kind: Kind<E>, selector: string, within: ParentNode = document): E {
  const found = find(kind, selector, within);
  if (!found) throw new Error(`There is no ${selector} on this page`);
  return found;
}

export function all<E extends Element>(kind: Kind<E>, selector: string, within: ParentNode = document): E[] {
  return [...within.querySelectorAll(selector)].filter((found): found is E => found instanceof kind);
}

/** What a template says to its script: an attribute that the page cannot be without. */
export function said(element: HTMLElement, name: string): string {
  const value = element.dataset[name];
  if (value === undefined) throw new Error(`There is no ${name} in the data of ${element.tagName}`);
  return value;
}
