// What the scripts of the page share beside what the browser has.
interface Window { lacking: string[] }
