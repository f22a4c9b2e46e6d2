/** Nobody reads faster, and the site takes no more of these than one a second (src/features/chat/policy.ts). */
const EVERY_MS = 1_100;

interface ReadingDeps {
  /** How far one has read. */
  read: number;
  isAtLatest: () => boolean;
  lastSeq: () => number;
  /** Of messages of the other that are newer than this. */
  unread: (read: number) => number;
  mark: (seq: number) => void;
}

function setBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return;
  void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
}

/** What is seen is read: the page is looked at, and its end is in sight. Until then its title counts. */
export function createReading({ read, isAtLatest, lastSeq, unread, mark }: ReadingDeps) {
  const { title } = document;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const showCount = (): void => {
    const count = unread(read);
    document.title = count > 0 ? `(${count}) ${title}` : title;
    setBadge(count);
  };
  const look = (): void => {
    const seq = lastSeq();
    const isSeen = !document.hidden && document.hasFocus() && isAtLatest();
    if (isSeen && seq > read && !timer) {
      if (unread(read) > 0) {
        mark(seq);
        timer = setTimeout(() => {
          timer = null;
          look();
        }, EVERY_MS);
      }
      read = seq;
    }
    showCount();
  };
  addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
  return {
    look,
    /** In another tab, or on another device. */
    readTo(seq: number): void {
      read = Math.max(read, seq);
      showCount();
    },
  };
}
