/**
 * What the server sends, what the modules pass on and what they offer. Only types: no browser loads this file, so
 * that what a site loads stays small.
 *
 * @typedef {{title: string, payload: string}} Choice
 * @typedef {{text: string, buttons?: Choice[]}} Reply
 * @typedef {{id: string, name: string, size: number, sha256: string, media_type: string, reading_state: string,
 *   links: {original: string, preview?: string, thumb?: string, redacted?: string}}} Attachment `links` expire
 * @typedef {{id: number, author: "person" | "bot" | "staff", text: string, buttons?: Choice[],
 *   attachments?: Attachment[], sent_at: string}} Line
 * @typedef {{messages: Line[], undo: boolean}} History
 * @typedef {{messages: Reply[], case: Case | null, undo: boolean}} Answer
 * @typedef {{page: number, x: number, y: number, width: number, height: number, kind: string}} Box
 *   in fractions of the page
 *
 * @typedef {{id: string, name: string, value: string, shown: string, editable: boolean, kind: string,
 *   choices: {value: string, title: string}[]}} Fact kind: money, date, count, choice or text
 * @typedef {{id: string, name: string, level: string, status: string, ask: string, how: string, why: string,
 *   must_show: string[], files: Attachment[]}} Evidence
 * @typedef {{id: string, name: string, status: string, reference_no: string | null, due_at: string | null,
 *   due_type: string | null, provisional: boolean, outcome: string | null, outcome_name: string | null}} Step
 * @typedef {{kind: string, name: string, version: number, confirmed: boolean, stale: boolean}} Paper
 * @typedef {{number: string, dispute_name: string, dispute_kind: string | null, track: string | null, stage: string,
 *   outcome: string | null, claim: string, facts: Fact[], evidence: Evidence[], steps: Step[], documents: Paper[],
 *   next: {kind: string, id: string, text: string}, why: string,
 *   alternatives: {id: string, name: string, lacks: string[], closed: string | null}[]}} Case
 *
 * @typedef {{id: string, at: number, text?: string, payload?: string, undo?: boolean, title?: string, file?: File,
 *   failed?: string}} Item a message of the person that waits in the queue; `title` is what it shows, `failed` why it
 *   was refused
 * @typedef {{base: string, page: boolean, locale: "zh-Hans" | "zh-Hant", title: string, greeting: string | null}} Options
 *   `base` is the origin of the service
 *
 * service.js
 * @typedef {object} Api every promise is rejected with an `ApiError`
 * @property {() => Promise<Reply[]>} begin a new session; its greeting
 * @property {(after?: number) => Promise<History>} history lines newer than `after`, oldest first
 * @property {() => Promise<Case>} currentCase
 * @property {(path: string, as?: "blob" | "text") => Promise<any>} file of the case, by its path below it
 * @property {(item: Item, watch: {signal: AbortSignal, progress: (part: number) => void}) => Promise<Answer>} send
 *   its id makes repeating harmless
 * @property {(file: Attachment, variant: string) => Promise<Blob>} copy
 * @property {(id: string) => Promise<{boxes: Box[], suggested: Box[]}>} redaction
 * @property {(id: string, boxes: Box[]) => Promise<Attachment>} redact
 * @property {() => Promise<Blob>} exported
 * @property {() => Promise<void>} erase
 * @property {(stop: AbortController) => Promise<Response>} events
 *
 * @typedef {{last: number | null, case: number | null}} State newest line, newest event of the case
 * @typedef {(open: Api["events"], changed: (state?: State) => void) => () => void} CreateLive
 *   gives what starts listening, again if need be; `changed` without a state means perhaps
 *
 * view.js
 * @typedef {object} View
 * @property {() => number} last id of the newest line that the service has told
 * @property {(lines: Line[], card: HTMLElement | null) => void} showHistory replaces everything
 * @property {(messages: Reply[]) => void} showGreeting
 * @property {(lines: Line[], card: HTMLElement | null) => boolean} join adds what is new; false if it does not fit
 * @property {(item: Item) => void} addOwn at once, before it is sent
 * @property {(item: Item) => void} showSending
 * @property {(item: Item, part?: number) => void} progress of an upload, 0 to 1
 * @property {(item: Item, messages: Reply[], after: {more: boolean, card: HTMLElement | null}) => void} showAnswer
 *   `more`: further messages wait, so nothing is offered
 * @property {(item: Item, reason: string) => void} showRefused
 * @property {(item: Item) => void} removeOwn
 * @property {(greeting: Reply[]) => void} showRenewed an expired session was replaced
 * @property {(possible: boolean) => void} setUndo
 * @property {(card: HTMLElement | null) => void} setCard
 *
 * case.js
 * @typedef {{api: Api, opened: Set<string>, pick: () => void, open: (file: Attachment) => void,
 *   edit: (name: string, value: string) => Promise<void>}} Tools what the rows of a case can do
 * @typedef {(root: ShadowRoot, tools: Tools) => (data: Case | null) => boolean} CreatePanel
 *   gives what draws a case, and says whether it differed
 * @typedef {(data: Case, tools: Tools) => HTMLElement | null} Card
 */
