/** The style sheet of the inbox page; a file of its own, since no page of ours carries styles or scripts inline. */
export const INBOX_STYLE = `
:root { color-scheme: light; --accent: #a61c23; --line: #d5d5d5; --soft: #595959; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 "Be Vietnam Pro", system-ui, "Segoe UI", Roboto, sans-serif; color: #1f1f1f; background: #fafafa; }
header, main { max-width: 60rem; margin: 0 auto; padding: 16px; }
header { border-bottom: 3px solid var(--accent); }
h1 { margin: 0 0 4px; font-size: 24px; }
h2 { margin: 0; font-size: 16px; }
p { margin: 0 0 8px; }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin-top: 12px; }
label { display: block; font-weight: 600; }
input { width: 22rem; max-width: 100%; padding: 8px; border: 1px solid #767676; border-radius: 4px; font: inherit; }
button { padding: 8px 16px; border: 0; border-radius: 4px; background: var(--accent); color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid #1a56db; outline-offset: 2px; }
article { margin-bottom: 12px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 4px; background: #fff; }
.about { margin: 4px 0 8px; color: var(--soft); }
pre { margin: 0; max-width: 75ch; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { form { display: none; } body { background: #fff; } }
`;
