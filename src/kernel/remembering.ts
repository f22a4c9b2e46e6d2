/**
 * Remembers what `make` made of a key, and forgets everything when there are `most` of them: for what is asked for again and
 * again, and takes longer to make than to look up. What throws is not remembered.
 */
export function remembering<Key, Value>(most: number, make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    if (made.size >= most) made.clear();
    made.set(key, value);
    return value;
  };
}
