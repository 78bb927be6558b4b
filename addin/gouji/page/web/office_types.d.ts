/** What Python hands to the scripts of the office: ../office.py and ../office_said.py say what each of it means. */

type OfficeRole = 'desk' | 'roster' | 'prior' | 'city' | 'adjust' | 'rules';
type OfficePart = 'units' | 'problems' | 'versions' | 'reminders' | 'outputs';

interface OfficeGiven {
  season: string; used: Partial<Record<OfficeRole, string>>; choices: Record<OfficeRole, string[]>; seen: Record<OfficeRole, number>; name: string; year: number;
  missing: string; files: number; to_read: string[]; folder: string;
}
interface OfficeRead { path: string; unit: string; year: number; state: string; counts: Record<string, number> }
interface OfficeFile { path: string; label: string; colour: string; remarks: string[]; counts: Record<Level, number> | null }
interface OfficeUnit { unit: string; kind: string; state: string; label: string; colour: string; reason: string; counted: boolean; files: OfficeFile[] }
interface OfficeState { state: string; label: string; count: number; colour: string }
interface OfficeProblem {
  unit: string; file: string; level: Level; label: string; rule: string; title: string; place: string; message: string; folded: string[];
  remedy: string; text: string; state: string; open: boolean; id: string;
}
interface OfficeVersions {
  unit: string; by: string; files: { path: string; label: string; time: string; newest: boolean }[]; differences: { place: string; values: string[] }[];
}
interface OfficeReminder { unit: string; contact: string; phone: string; due: string; late: number | null; label: string; todo: string; text: string }
interface OfficeOutput { path: string; size: number; key: string; label: string }
interface OfficeResult {
  name: string; year: number; said: string[]; folder: string; units: OfficeUnit[]; states: OfficeState[]; problems: OfficeProblem[];
  versions: OfficeVersions[]; reminders: OfficeReminder[]; outputs: OfficeOutput[]; files: Record<string, string>; colours: Record<string, string>;
}
