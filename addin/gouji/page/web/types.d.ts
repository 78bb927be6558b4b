/** What Python hands to the scripts of one workbook: ../answers.py says what each of it means. */

type Level = 'error' | 'warning' | 'hint';
type State = Level | 'clean' | 'unreadable' | 'waiting';

type ShownCell = {
  v: string; s?: string; should?: string; f?: string; says?: string; mark?: string; was?: string; source?: string; printed?: string;
}
type Way = { number: number; text: string; cell: string; place: string }
type Question = { cell: string; place: string; text: string; answers: { text: string; stands: boolean }[] }
type Explanation = { text: string; state: string; why: string; settled: boolean }
type Finding = {
  id: string; rule: string; level: Level; label: string; message: string; remedy: string; left: boolean; place: string; cells: string[];
  section: string; field: string; declared: string | null; basis: string[]; ways_title: string; ways: Way[]; explains: boolean; key: string;
  explanation: Explanation | null; question: Question | null;
}
type Prior = { source: string; path: string; unit: string; year: number; number: number | null; said: string }
type Imported = { file: string; read: number; unread: number; said: string }
type Changes = { cells: string[]; fields: string[]; sections: string[]; notes: string[]; said: string }

/** One file as it stands; all behind `readable` is missing where it is false. */
type Shown = {
  number: number; path: string; state: State; calm: boolean; label: string; counts: Record<string, number>;
  findings: Finding[]; readable: boolean; unit: string; year: number; edition: string; notice: string; form: string;
  imported: Imported | null; sealed: string; sealable: string; prior: Prior | null; cells: Record<string, ShownCell>;
  cover: Record<string, string>; declared: string[]; texts: Record<string, string>; notes: Record<string, string>;
  kept: { place: string; text: string }[]; changed: Changes; undo: number; redo: number; todo: string; returned: string;
}
type Pasted = { shown: Shown[]; filled: number; outside: number; said: string; shift: string; cell: string }

type BoxShown = {
  r: number; c: number; h: number; w: number; role: string; text: string; left: boolean;
  cell?: string; place?: string; name?: string; help?: string; unit?: string; money?: boolean; total?: boolean;
}
type TableShown = {
  key: string; rows: number; columns: number; head_rows: number; label_columns: number; widths: number[];
  heights: number[]; boxes: BoxShown[];
}
type SectionShown = { number: string; title: string; hint: string; table?: TableShown }
type FormShown = {
  key: string; title: string; notice: string; notice_title: string; preface: string; fields: Record<string, { label: string; hint: string }>;
  sections: SectionShown[];
}

/** A file that someone dropped or chose, with its path inside what was dropped. */
type Given = { file: File; path: string }

/**
 * One file on the desk: its last answer, and what only this page knows of it. `saved`: once, so that any change since counts.
 * `draft`: the key of its draft; `resumed`: it was one.
 */
type Held = { shown: Shown; given: Given | null; unsaved: boolean; saved: boolean; why: string; draft: string; resumed: boolean }
