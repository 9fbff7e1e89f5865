/** Sends queued messages one after another, as patiently as a bad network needs. */

const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const SERVER_TRIES = 8;

/**
 * Repeats a request until it is answered, refused, or the server has broken on it too often.
 * @template T
 * @param {() => Promise<T>} request
 * @param {(troubled: boolean) => void} onTrouble
 * @returns {Promise<T>}
 */
export async function patiently(request, onTrouble) {
  for (let tries = 1, broken = 0; ; tries += 1) {
    try {
      const answer = await request();
      onTrouble(false);
      return answer;
    } catch (error) {
      if (error.status >= 500) broken += 1;
      const hopeless = !error.passing || broken >= SERVER_TRIES;
      onTrouble(!hopeless);
      if (hopeless) throw error;
      await pause(WAITS_MS[Math.min(tries, WAITS_MS.length) - 1]);
    }
  }
}

/** Waits a little more or less than asked, so that many pages do not return at once; a network that comes back ends it. */
function pause(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms * (0.8 + Math.random() * 0.4));
    window.addEventListener("online", done);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    }
  });
}

/**
 * @param {Awaited<ReturnType<typeof import("./store.js").openQueue>>} queue
 * @param {(item: import("./api.js").Item) => Promise<import("./api.js").Answer>} send
 * @param {{sending: (item: any) => void, answered: (item: any, answer: any) => void,
 *   refused: (item: any, error: any) => void | Promise<void>, troubled: (on: boolean) => void}} on
 */
export function createOutbox(queue, send, on) {
  let draining = null;

  async function deliver(item) {
    on.sending(item);
    try {
      const answer = await patiently(() => send(item), on.troubled);
      queue.remove(item);
      on.answered(item, answer);
    } catch (error) {
      queue.fail(item, error.message);
      await on.refused(item, error);
    }
  }

  async function drainAll() {
    for (let item = queue.next(); item; item = queue.next()) await deliver(item);
  }

  return {
    /** Sends everything that waits; resolves when nothing does. */
    drain() {
      draining ??= drainAll().finally(() => { draining = null; });
      return draining;
    },
    /** @returns {boolean} */
    idle: () => !draining && !queue.next(),
  };
}
