/** Text of the first child element of this name; undefined where there is none. */
export function textOf(element: Element, name: string): string | undefined {
  return childOf(element, name)?.textContent ?? undefined;
}

export function childOf(element: Element, name: string): Element | undefined {
  return [...element.children].find((child) => child.localName === name);
}

/** The elements of a list: `<Users><member>…</member></Users>`. */
export function membersOf(element: Element, name: string): Element[] {
  const list = childOf(element, name);
  return list === undefined ? [] : [...list.children].filter((child) => child.localName === 'member');
}
