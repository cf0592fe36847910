/** Style of the pages; looks like the messenger that the officers know. */
export const pageStyle = `
:root {
  color-scheme: light;
  --brand: #008069; --brand-dark: #00604f; --paper: #efeae2; --bar: #f0f2f5; --line: #dfe3e6;
  --ink: #111b21; --soft: #54656f; --mine: #d9fdd3; --theirs: #fff; --link: #00705c; --blue: #0a7fc0;
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; }
body {
  background: #d8dbd6; color: var(--ink); -webkit-text-size-adjust: 100%;
  font: 16px/1.4 "Segoe UI", Roboto, "Helvetica Neue", Helvetica, "Noto Sans", Arial, "DejaVu Sans", sans-serif;
}
button, input, textarea { font: inherit; color: inherit; }
button { border: 0; background: none; padding: 0; cursor: pointer; touch-action: manipulation; }
p, h1, h2, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; border-radius: 8px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.sprite { position: absolute; width: 0; height: 0; }
.icon { width: 24px; height: 24px; flex: none; display: block; }
.round { width: 44px; height: 44px; flex: none; border-radius: 50%; display: grid; place-items: center; color: var(--soft); }
.phone {
  position: relative; display: flex; flex-direction: column; width: 100%; max-width: 480px; margin: 0 auto;
  height: 100vh; height: 100dvh; background: var(--bar); overflow: hidden;
}
@media (min-width: 520px) { .phone { box-shadow: 0 0 24px rgb(11 20 26 / .22); } }

.top { display: flex; align-items: center; gap: 10px; min-height: 60px; padding: 6px 12px; background: var(--brand); color: #fff; }
.top .back { width: 40px; margin: 0 -6px 0 -8px; color: #fff; }
.top :focus-visible { outline-color: #fff; }
.top h1 { font-size: 17px; font-weight: 600; line-height: 1.25; }
.top .status { font-size: 13px; line-height: 1.3; color: #dff5ee; }
.who { min-width: 0; }
.avatar {
  width: 46px; height: 46px; flex: none; border-radius: 50%; display: grid; place-items: center;
  font-weight: 600; font-size: 16px; letter-spacing: .3px; color: #fff;
}
.avatar.bot { width: 40px; height: 40px; background: #fff; color: var(--brand); }
.tone0 { background: #00796b; } .tone1 { background: #3f51b5; } .tone2 { background: #b23c17; }
.tone3 { background: #6a4c93; } .tone4 { background: #1b6ca8; } .tone5 { background: #8a5a00; }

.sample {
  padding: 5px 12px; background: #ffe27a; color: #3b2d00; text-align: center;
  font-size: 12.5px; line-height: 1.35; border-bottom: 1px solid #ecc94b;
}
.role {
  display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 4px 12px;
  background: #fff; border-bottom: 1px solid var(--line); font-size: 13px; line-height: 1.35;
}
.role p { min-width: 0; }
.role p > span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.role p > span + span { color: var(--soft); }
.role a {
  flex: none; min-height: 36px; display: flex; align-items: center; padding: 0 12px; border-radius: 18px;
  border: 1px solid #b7d8d0; color: var(--link); font-weight: 600; text-decoration: none;
}
.role a:hover { background: #eaf6f2; }

.thread {
  flex: 1; min-height: 0; overflow: hidden auto; overscroll-behavior: contain; padding: 8px 12px 12px;
  background: var(--paper) url("/simulator/wallpaper.svg") 0 0 / 240px;
}
.thread:focus-visible { outline-offset: -3px; }
.welcome { margin: 12px auto; max-width: 360px; padding: 14px; border-radius: 12px; background: #fffdf6; box-shadow: 0 1px 1px rgb(11 20 26 / .13); font-size: 14.5px; }
.welcome p { margin-bottom: 8px; }
.day {
  width: fit-content; margin: 10px auto 12px; padding: 4px 12px; border-radius: 8px; background: #fff;
  color: var(--soft); font-size: 12.5px; box-shadow: 0 1px 1px rgb(11 20 26 / .13);
}
.message { display: flex; flex-direction: column; align-items: flex-start; margin-top: 3px; }
.message.first { margin-top: 10px; }
.message.officer { align-items: flex-end; }
.message .day { align-self: center; }
.bubble {
  position: relative; max-width: 86%; min-width: 76px; padding: 6px 9px 7px; border-radius: 9px; background: var(--theirs);
  box-shadow: 0 1px 1px rgb(11 20 26 / .15); font-size: 15px; overflow-wrap: anywhere;
}
.bubble::after { content: ""; display: block; clear: both; }
.officer .bubble { background: var(--mine); }
.first .bubble::before {
  content: ""; position: absolute; top: 0; width: 9px; height: 13px; background: inherit;
}
.first.bot .bubble { border-top-left-radius: 0; }
.first.bot .bubble::before { left: -8px; clip-path: polygon(0 0, 100% 0, 100% 100%); }
.first.officer .bubble { border-top-right-radius: 0; }
.first.officer .bubble::before { right: -8px; clip-path: polygon(0 0, 100% 0, 0 100%); }
.words { white-space: pre-wrap; }
.meta {
  float: right; display: flex; align-items: center; gap: 3px; margin: 8px 0 -4px 12px;
  color: var(--soft); font-size: 11.5px; line-height: 1.2;
}
.tick .icon { width: 16px; height: 16px; }
.tick[data-state=waiting] .icon { width: 13px; height: 13px; }
.tick[data-state=read] { color: var(--blue); }
.tick[data-state=refused] { color: #b3261e; }

.choices { display: grid; gap: 4px; width: 100%; margin-top: 4px; }
.choice {
  display: flex; align-items: center; justify-content: center; gap: 8px; width: 100%; min-height: 44px; padding: 9px 12px;
  border-radius: 9px; background: #fff; color: var(--link); font-weight: 600; font-size: 15px; line-height: 1.3;
  text-align: center; overflow-wrap: anywhere; box-shadow: 0 1px 1px rgb(11 20 26 / .15);
}
.choice .icon { width: 20px; height: 20px; }
.choice:hover { background: #f2faf7; }
.choice:active { background: #dcefe8; }
.choices.old .choice { background: rgb(255 255 255 / .72); color: var(--soft); font-weight: 400; box-shadow: none; }
.welcome .choice { border: 1px solid #cfe5de; box-shadow: none; }
.again {
  min-height: 44px; margin-top: 2px; padding: 0 10px; border-radius: 9px; background: #fff; color: #b3261e;
  font-size: 14px; font-weight: 600;
}

.place { display: flex; gap: 10px; min-width: 200px; margin: 6px -3px 2px; padding: 9px; border-radius: 7px; background: #f0f5f3; font-size: 14px; }
.place .pin { width: 40px; height: 40px; flex: none; border-radius: 50%; display: grid; place-items: center; background: #d83b2d; color: #fff; }
.place div > * { display: block; }
.place div > span { color: var(--soft); }
.place a { min-height: 32px; padding-top: 6px; color: var(--link); font-weight: 600; width: fit-content; }
.attachment { display: flex; align-items: center; gap: 9px; padding: 3px 2px; color: var(--ink); }
.attachment.voice .icon { color: var(--soft); }
.attachment.voice > span:last-child { font-size: 13px; color: var(--soft); }
.attachment.large { flex-direction: column; justify-content: center; gap: 4px; width: 168px; height: 116px; border-radius: 6px; background: rgb(0 90 70 / .1); color: #3c5a50; font-size: 13px; }
.attachment.large .icon { width: 44px; height: 44px; }
.attachment.sticker { width: 124px; }
.wave { display: flex; align-items: center; gap: 2px; height: 24px; }
.wave i { width: 2.5px; height: 6px; border-radius: 2px; background: #7d9a8e; }
.wave i:nth-child(3n) { height: 16px; } .wave i:nth-child(4n) { height: 11px; } .wave i:nth-child(5n) { height: 21px; }
.disc { width: 40px; height: 40px; flex: none; border-radius: 50%; display: grid; place-items: center; color: #fff; background: var(--brand); }
.disc .icon { width: 22px; height: 22px; }
.disc.voice { background: #c2410c; } .disc.picture { background: #7c3aad; } .disc.sticker { background: #00796b; }
.disc.contact { background: #0a6ebd; } .disc.document { background: #6a4c93; }
.attachment a { min-height: 32px; padding-top: 5px; color: var(--link); font-weight: 600; }
 .disc.place { background: #d83b2d; margin: 0; padding: 0; min-width: 0; }

.typing { display: flex; gap: 5px; width: fit-content; margin-top: 10px; padding: 13px 14px; border-radius: 0 9px 9px 9px; background: #fff; box-shadow: 0 1px 1px rgb(11 20 26 / .15); }
.typing i { width: 7px; height: 7px; border-radius: 50%; background: #8696a0; animation: typing 1.2s infinite ease-in-out; }
.typing i:nth-of-type(2) { animation-delay: .18s; } .typing i:nth-of-type(3) { animation-delay: .36s; }
@keyframes typing { 0%, 60%, 100% { transform: none; opacity: .5; } 30% { transform: translateY(-4px); opacity: 1; } }
@media (prefers-reduced-motion: reduce) { .typing i { animation: none; } }

.bottom { position: relative; background: var(--bar); padding: 6px 6px max(6px, env(safe-area-inset-bottom)); }
.composer { display: flex; align-items: flex-end; gap: 6px; }
.field { flex: 1; min-width: 0; display: flex; align-items: flex-end; border-radius: 24px; background: #fff; padding: 2px 4px 2px 16px; box-shadow: 0 1px 1px rgb(11 20 26 / .15); }
.field:focus-within { box-shadow: 0 0 0 2px var(--brand); }
textarea { flex: 1; min-width: 0; height: 44px; max-height: 132px; padding: 11px 0; border: 0; outline: 0; resize: none; background: none; line-height: 22px; }
textarea:focus-visible { outline: 0; }
textarea::placeholder, .search input::placeholder { color: #667781; opacity: 1; }
.send { width: 48px; height: 48px; background: var(--brand); color: #fff; }
.send:hover { background: var(--brand-dark); }
.send .icon { width: 22px; height: 22px; margin-left: 2px; }
.send:focus-visible, .round:focus-visible { border-radius: 50%; }
.menu {
  position: absolute; right: 12px; bottom: calc(100% + 2px); z-index: 2; min-width: 236px; padding: 6px;
  border-radius: 16px; background: #fff; box-shadow: 0 4px 18px rgb(11 20 26 / .25);
}
.menu button { display: flex; align-items: center; gap: 12px; width: 100%; min-height: 52px; padding: 4px 10px; border-radius: 11px; text-align: left; }
.menu button:hover, .menu button:focus { background: var(--bar); }
.newest { position: absolute; right: 12px; bottom: calc(100% + 8px); background: #fff; box-shadow: 0 1px 5px rgb(11 20 26 / .3); }
.unread { position: absolute; top: -6px; right: -2px; min-width: 20px; padding: 0 5px; border-radius: 10px; background: var(--brand); color: #fff; font-size: 12px; line-height: 20px; font-weight: 600; }
.unread:empty { display: none; }

.officers { flex: 1; min-height: 0; overflow: hidden auto; padding: 16px 0 24px; background: #fff; }
.officers > h2, .officers > p { padding: 0 16px; }
.officers h2 { font-size: 19px; line-height: 1.3; }
.lead { margin-top: 4px; color: var(--soft); font-size: 15px; }
.search { position: sticky; top: -16px; z-index: 1; padding: 12px; background: #fff; }
.search .icon { position: absolute; left: 26px; top: 23px; color: var(--soft); width: 22px; height: 22px; pointer-events: none; }
.search input { width: 100%; height: 46px; padding: 0 14px 0 46px; border: 1px solid transparent; border-radius: 23px; background: var(--bar); }
.search input:focus { outline: 2px solid var(--brand); background: #fff; }
.found { color: var(--soft); font-size: 13.5px; min-height: 22px; }
.officer-list a { display: flex; gap: 13px; align-items: center; padding: 0 16px; color: inherit; text-decoration: none; }
.officer-list a:hover { background: #f5f6f6; }
.officer-list a:focus-visible { outline-offset: -3px; }
.officer-list .officer { flex: 1; min-width: 0; padding: 10px 0; }
.officer-list .officer > * { display: block; overflow-wrap: anywhere; line-height: 1.35; }
.officer-list li + li .officer { border-top: 1px solid var(--line); }
.post { font-size: 14px; }
.area { font-size: 13px; color: var(--soft); }
.button { display: inline-flex; align-items: center; min-height: 46px; margin-top: 14px; padding: 0 20px; border-radius: 23px; background: var(--brand); color: #fff; font-weight: 600; text-decoration: none; }
`
