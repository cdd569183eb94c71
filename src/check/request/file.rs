//! What a finished file that no template made would ask for: a style sheet, a script, an image, a
//! page of the site's own.

use super::script;
use super::style;
use super::tag::{self, Effect};
use super::{Breach, Own, Target, excerpt};
use crate::check::markup::{Form, Piece, Tag, each_piece};

/// A form in which files can ask for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Reading {
    Style,
    Script,
    Drawing,
    Page,
}

/// How a file is read, by the end of its name; nothing for those that cannot ask for others.
pub(in crate::check) fn reading(path: &str) -> Option<Reading> {
    let (_, ending) = path.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "css" => Some(Reading::Style),
        "js" | "mjs" => Some(Reading::Script),
        "svg" => Some(Reading::Drawing),
        "html" | "htm" | "xhtml" => Some(Reading::Page),
        _ => None,
    }
}

/// What is wrong with a file.
pub(in crate::check) fn breaches(text: &str, reading: Reading, own: Own<'_>) -> Vec<Breach> {
    match reading {
        Reading::Style => in_style(text, own),
        Reading::Script => script::breaches(text, own),
        Reading::Drawing => in_drawing(text, own),
        Reading::Page => in_page(text, own),
    }
}

fn in_style(css: &str, own: Own<'_>) -> Vec<Breach> {
    let breach = |found: style::Fetched<'_>| {
        let what = match own.target(&found.address) {
            Target::Here => return None,
            Target::Itself => "has an address that the policy blocks",
            Target::Elsewhere => "would ask another website",
        };
        let what = format!("{what}: `{}`", excerpt(&css[found.at.clone()]));
        Some(Breach {
            what,
            at: Some(found.at),
        })
    };
    style::addresses(css)
        .into_iter()
        .filter_map(breach)
        .collect()
}

/// A page that was copied. Its host may send the policy, so it need not have it; what it would ask
/// for is the same.
fn in_page(html: &str, own: Own<'_>) -> Vec<Breach> {
    let mut found = Vec::new();
    each_piece(html, Form::Html, |piece| {
        if let Piece::Start(tag) = piece {
            found.extend(tag::breach(tag, own, |_| true).map(whole));
        }
    });
    found
}

/// An image of SVG, which a browser may also open as a page. What it holds itself (`data:`, a
/// style) asks nobody.
fn in_drawing(svg: &str, own: Own<'_>) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut style = None;
    each_piece(svg, Form::Xml, |piece| match piece {
        Piece::Start(tag) if tag.name().ends_with("style") && !tag.is_closed() => {
            style = Some(String::new());
        }
        Piece::Start(tag) => found.extend(in_drawing_tag(tag, own).map(whole)),
        Piece::End(name) if name.ends_with("style") => {
            let css = style.take().unwrap_or_default();
            found.extend(elsewhere(&css, own).map(whole));
        }
        Piece::Text(text) => {
            if let Some(style) = &mut style {
                style.push_str(text);
            }
        }
        Piece::Note(note) if note.starts_with("?xml-stylesheet") => {
            let address = note
                .split_once("href")
                .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
            let is_foreign =
                address.is_some_and(|address| own.target(address) == Target::Elsewhere);
            found.extend(
                is_foreign
                    .then(|| whole(format!("would ask another website: `<{}>`", excerpt(note)))),
            );
        }
        Piece::End(_) | Piece::Note(_) => {}
    });
    if svg.contains("<!ENTITY") && has_active_entity(svg) {
        found.push(whole(
            "makes its own parts with `<!ENTITY>`, which cannot be followed".to_owned(),
        ));
    }
    found
}

fn in_drawing_tag(tag: &Tag, own: Own<'_>) -> Option<String> {
    tag::breach(tag, own, |effect| effect == Effect::Acts)
}

fn elsewhere(css: &str, own: Own<'_>) -> Option<String> {
    let found = style::addresses(css)
        .into_iter()
        .find(|found| own.target(&found.address) == Target::Elsewhere)?;
    Some(format!(
        "would ask another website: `{}`",
        excerpt(&css[found.at])
    ))
}

/// Whether an entity of a drawing holds tags, or an address is made with one. Names of
/// vocabularies, which drawing programs write so, are neither.
fn has_active_entity(svg: &str) -> bool {
    let declared = svg.split("<!ENTITY").skip(1);
    let holds_tags = declared
        .map(|rest| rest.split(['"', '\'']).nth(1).unwrap_or_default())
        .any(|value| value.contains('<') || value.contains("&#"));
    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"];
    let is_made = |attribute: &str| {
        svg.split(attribute).skip(1).any(|rest| {
            let value = rest.split(['"', '\'']).nth(1).unwrap_or_default();
            value
                .match_indices('&')
                .any(|(at, _)| !known.iter().any(|known| value[at..].starts_with(known)))
        })
    };
    holds_tags || is_made("href") || is_made("src") || is_made("style=")
}

fn whole(what: String) -> Breach {
    Breach { what, at: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: usize) {
        let own = Own::new(Some("https://own.org/"));
        let found = reading(path)
            .map(|reading| breaches(text, reading, own))
            .unwrap_or_default();
        assert_eq!(found.len(), expected, "{text}: {found:?}");
    }

    #[test]
    fn drawings_that_ask_others_are_found() {
        for svg in [
            "<svg><image href='https://e.org/x.png'/></svg>",
            "<svg xmlns:l='http://www.w3.org/1999/xlink'><use l:href='//e.org/x.svg#a'/></svg>",
            "<svg:svg><svg:image xlink:href='https://e.org/x.png'/></svg:svg>",
            "<svg><style>@import 'https://e.org/x.css';</style></svg>",
            "<svg><style><![CDATA[a { fill: url(//e.org/x) }]]></style></svg>",
            "<svg><style/><image href='https://e.org/x.png'/></svg>",
            "<svg><rect fill='url(https://e.org/x.svg#a)'/></svg>",
            "<svg><rect style='filter: url(https://e.org/x.svg#a)'/></svg>",
            "<svg><script href='https://e.org/x.js'/></svg>",
            "<svg><script>x()</script></svg>",
            "<svg onload='x()'/>",
            "<svg><set attributeName='href' to='https://e.org/x'/></svg>",
            "<svg><image style='x: y' href='https://e.org/x.png'/></svg>",
            "<svg><image href='data:image/png;base64,x' fill='url(https://e.org/x.svg#a)'/></svg>",
            "<svg><style href='https://e.org/x.css'/></svg>",
            "<svg><script href='data:text/javascript,x()'/></svg>",
            "<svg><foreignObject><img srcset='data:image/png;base64,x 1x, //e.org/x 2x'/></foreignObject></svg>",
            "<svg><foreignObject><img src='https://e.org/x'/></foreignObject></svg>",
            "<?xml-stylesheet href='https://e.org/x.css'?><svg/>",
            "<!DOCTYPE svg [<!ENTITY a 'https://e.org/'>]><svg><image href='&a;x.png'/></svg>",
            "<!DOCTYPE svg [<!ENTITY a '<image href=\"https://e.org/x\"/>'>]><svg>&a;</svg>",
        ] {
            check("x.svg", svg, 1);
        }
    }

    #[test]
    fn drawings_that_ask_nobody_are_not() {
        for svg in [
            "<svg xmlns='http://www.w3.org/2000/svg'><use href='#a'/><a href='https://e.org'><path d='M0 0'/></a></svg>",
            "<svg><style>a { fill: url(#g) } /* url(//e.org) */</style><rect style='fill: red' fill='url(#g)'/></svg>",
            "<svg><image href='data:image/png;base64,x'/><image href='x.png'/></svg>",
            "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'><svg/>",
            "<!DOCTYPE svg [<!ENTITY ns 'http://ns.adobe.com/x/'>]><svg xmlns:x='&ns;'><image href='a&amp;b'/></svg>",
            "<?xml version='1.0'?><!-- <image href='https://e.org'/> --><svg><animate values='0;1;https' to='1'/></svg>",
        ] {
            check("x.svg", svg, 0);
        }
    }

    #[test]
    fn each_form_is_read_in_its_own_way() {
        check("x.CSS", "a { x: url(//e.org/x) }", 1);
        check("x.css", "a { x: url(data:image/png;base64,x) }", 1);
        check("x.css", "a { x: url(./x.png) } /* url(//e.org) */", 0);
        check("x.js", "fetch(x)", 1);
        check("x.mjs", "x", 0);
        check("x.html", "<img src=//e.org/x><script>x</script>", 2);
        check("x.html", "google-site-verification: x.html", 0);
        check("x.txt", "fetch(x)", 0);
        check("fetch", "fetch(x)", 0);
    }
}
