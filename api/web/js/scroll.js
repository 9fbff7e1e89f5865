/** Keeps the end of the conversation in sight, unless the person is reading further up. */

const NEAR_END_PX = 24;

/**
 * @param {HTMLElement} log the scrolling region
 * @param {HTMLElement} list its growing content
 */
export function createFollower(log, list) {
  let following = true;
  let placed = 0;

  const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;

  function moveTo(top) {
    log.scrollTop = top;
    placed = log.scrollTop;
    following = nearEnd();
  }

  const follower = {
    toEnd: () => moveTo(log.scrollHeight),
    /** Stays at the end if that is where the person was. */
    follow: () => following && follower.toEnd(),
    /**
     * Shows an answer from its first line on, even when it is taller than the screen.
     * @param {HTMLElement} first
     */
    reveal(first) {
      if (!following) return;
      const offset = first.getBoundingClientRect().top - log.getBoundingClientRect().top;
      moveTo(log.scrollTop + offset - 12);
    },
    /**
     * Replaces the content and keeps the place.
     * @param {() => void} change
     */
    around(change) {
      const top = following ? null : log.scrollTop;
      change();
      moveTo(top ?? log.scrollHeight);
    },
  };

  // Only a person scrolls up. Downwards the browser moves too, when content grows above what is in view.
  log.addEventListener("scroll", () => {
    const up = log.scrollTop < placed - 1;
    placed = log.scrollTop;
    if (nearEnd()) following = true;
    else if (up) following = false;
  }, { passive: true });
  // A keyboard that opens, a composer that grows, a picture that appears: none may cover the last message.
  const observer = new ResizeObserver(follower.follow);
  observer.observe(log);
  observer.observe(list);
  return follower;
}
