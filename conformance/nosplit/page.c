/*
 * page.c - the looks of the HTML page, and the few lines of script behind its search box.
 *
 * System fonts, a light and a dark palette, nothing from elsewhere. Without script everything
 * is shown and the box is not.
 */
#include "user.h"

const char page_style[] =
	":root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d8dee4;--soft:#f6f8fa;--link:#0550ae;\n"
	"--ok:#2f7d4a;--okb:#e6f6ea;--bad:#a40e26;--badb:#ffebe9;--warn:#8a5a00;--ink:#10151b}\n"
	"@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9aa5b1;--line:#30363d;--soft:#161b22;\n"
	"--link:#79b8ff;--ok:#56c07a;--okb:#12261a;--bad:#ff9492;--badb:#3a1619;--warn:#f0c55b}}\n"
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;max-width:82rem;padding:1.5rem 1.25rem 4rem;background:var(--bg);color:var(--fg);\n"
	"font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\n"
	"h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.4rem 0 .3rem;overflow-wrap:anywhere}\n"
	"h3{font-size:1rem;margin:1.6rem 0 .4rem}p{margin:.3rem 0}a{color:var(--link)}\n"
	"code,pre,.num,.icicle text{font-family:ui-monospace,\"SF Mono\",Menlo,Consolas,\"DejaVu Sans Mono\",monospace}\n"
	"code,pre{font-size:.86em}\n"
	".dim{color:var(--dim)}.small{font-size:.9em}\n"
	".ok{color:var(--ok)}.bad{color:var(--bad)}.warn{color:var(--warn)}\n"
	"strong.ok,strong.bad{padding:.1em .5em;border-radius:.3em}\n"
	"strong.ok{background:var(--okb)}strong.bad{background:var(--badb)}\n"
	"header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline}\n"
	"input[type=search]{font:inherit;width:min(24rem,100%);padding:.35rem .6rem;margin:1rem .6rem 0 0;color:var(--fg);\n"
	"background:var(--bg);border:1px solid var(--dim);border-radius:6px}\n"
	"input:focus-visible,a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:1px}\n"
	".wide{overflow-x:auto}\n"
	"table{border-collapse:collapse;width:100%}\n"
	"th,td{padding:.32rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}\n"
	"thead th{color:var(--dim);font-size:.86em;font-weight:600;white-space:nowrap}\n"
	".num{text-align:right;white-space:nowrap;font-size:.86em;font-variant-numeric:tabular-nums}\n"
	"td.name{white-space:nowrap;max-width:22rem;overflow:hidden;text-overflow:ellipsis}\n"
	"td.chain{width:45%;overflow-wrap:anywhere}tbody tr:hover{background:var(--soft)}tr:target{background:var(--soft)}\n"
	".meter{position:relative;display:block;width:11rem;height:.8rem;margin-top:.35rem;background:var(--soft);\n"
	"border:1px solid var(--line);border-radius:3px;overflow:hidden}\n"
	".meter i{position:absolute;inset:0 auto 0 0;background:var(--ok)}\n"
	".meter.over i{background:repeating-linear-gradient(45deg,var(--bad) 0 5px,transparent 5px 8px)}\n"
	".meter.near i{background:var(--warn)}\n"
	".meter b{position:absolute;top:0;bottom:0;width:2px;background:var(--fg)}\n"
	".icicle{display:block;width:100%;min-width:46rem;height:auto}\n"
	".icicle text{font-size:11px;fill:var(--ink);pointer-events:none}\n"
	".icicle text.say{fill:var(--fg)}.icicle text.over{fill:var(--bad);font-weight:700}\n"
	".icicle rect{stroke:var(--bg);stroke-width:1}.icicle .call{fill:#10151b;opacity:.28}\n"
	".icicle line{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:4 3}\n"
	".icicle a:hover rect{stroke:var(--fg)}\n"
	"details{border:1px solid var(--line);border-left:4px solid var(--bad);border-radius:6px;margin:.5rem 0;padding:0 .9rem}\n"
	"details.known{border-left-color:var(--dim)}details.plain{border:0;padding:0;margin:0}\n"
	"summary{cursor:pointer;padding:.4rem 0;overflow-wrap:anywhere}details.plain summary{padding:0}\n"
	"pre{margin:.2rem 0 .6rem;padding:.6rem .8rem;background:var(--soft);border-radius:6px;overflow-x:auto}\n"
	"dl{display:grid;grid-template-columns:max-content auto;gap:.1rem 1rem;margin:.4rem 0}dt{color:var(--dim)}dd{margin:0}\n"
	".gone{display:none}.icicle .gone{display:inline;opacity:.12}\n"
	"@media print{#search{display:none}.wide{overflow:visible}}\n";

const char page_script[] =
	"const q=document.getElementById('q'),count=document.getElementById('count');\n"
	"document.getElementById('search').hidden=false;\n"
	"q.addEventListener('input',()=>{\n"
	"const words=q.value.toLowerCase().split(/\\s+/).filter(Boolean);let n=0;\n"
	"for(const e of document.querySelectorAll('.hit')){\n"
	"const text=e.textContent.toLowerCase(),on=words.every(w=>text.includes(w));\n"
	"e.classList.toggle('gone',!on);if(on&&e.tagName==='TR')n++}\n"
	"count.textContent=words.length?n+(n===1?' root':' roots'):''});\n";
