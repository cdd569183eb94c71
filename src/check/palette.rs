//! The colors that a style sheet gives to the roles of the theme: the custom properties of `:root`,
//! as each reader sees them.
//!
//! Reads as much of CSS as that takes: blocks, comments, strings, `@layer`, `@media` for dark and
//! for more contrast, `var()` and `light-dark()`. A color that needs a browser to be known
//! (`color-mix()`, `calc()`, other media) is no color here: nothing is said of it.

use std::ops::Range;

use csscolorparser::Color;

/// How a reader sees the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct View {
    pub(super) scheme: Scheme,
    pub(super) contrast: Contrast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

/// What contrast a reader's system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contrast {
    Usual,
    More,
}

impl View {
    /// All of them; in the first that has it, a fault is told.
    pub(super) const ALL: [Self; 4] = [
        Self {
            scheme: Scheme::Light,
            contrast: Contrast::Usual,
        },
        Self {
            scheme: Scheme::Dark,
            contrast: Contrast::Usual,
        },
        Self {
            scheme: Scheme::Light,
            contrast: Contrast::More,
        },
        Self {
            scheme: Scheme::Dark,
            contrast: Contrast::More,
        },
    ];

    /// The view in words.
    pub(super) fn name(self) -> &'static str {
        match (self.scheme, self.contrast) {
            (Scheme::Light, Contrast::Usual) => "in light mode",
            (Scheme::Dark, Contrast::Usual) => "in dark mode",
            (Scheme::Light, Contrast::More) => "in light mode with more contrast",
            (Scheme::Dark, Contrast::More) => "in dark mode with more contrast",
        }
    }
}

/// When a block counts.
#[derive(Clone, Copy, Debug, Default)]
struct Condition {
    scheme: Option<Scheme>,
    contrast: Option<Contrast>,
    is_layered: bool,
}

impl Condition {
    fn holds(self, view: View) -> bool {
        self.scheme.is_none_or(|scheme| scheme == view.scheme)
            && self
                .contrast
                .is_none_or(|contrast| contrast == view.contrast)
    }

    /// The condition of a block within, by what stands before its brace; nothing where the block is
    /// not read.
    fn within(self, prelude: &str) -> Option<Self> {
        let prelude = prelude.to_ascii_lowercase();
        if prelude.starts_with("@layer") {
            return Some(Self {
                is_layered: true,
                ..self
            });
        }
        let queries = prelude.strip_prefix("@media")?;
        queries.split(" and ").try_fold(self, |condition, query| {
            let query: String = query.split_whitespace().collect();
            match query.as_str() {
                "screen" | "all" => Some(condition),
                "(prefers-color-scheme:light)" => Some(Self {
                    scheme: Some(Scheme::Light),
                    ..condition
                }),
                "(prefers-color-scheme:dark)" => Some(Self {
                    scheme: Some(Scheme::Dark),
                    ..condition
                }),
                "(prefers-contrast:more)" => Some(Self {
                    contrast: Some(Contrast::More),
                    ..condition
                }),
                _ => None,
            }
        })
    }
}

/// A custom property of `:root`.
#[derive(Debug)]
struct Role<'c> {
    name: &'c str,
    value: &'c str,
    at: Range<usize>,
    condition: Condition,
}

/// A color, and where in the style sheet its role is given.
#[derive(Clone, Debug)]
pub(super) struct Shade {
    color: Color,
    /// The declaration.
    pub(super) at: Range<usize>,
}

/// The roles of a style sheet.
#[derive(Debug)]
pub(super) struct Palette<'c>(Vec<Role<'c>>);

impl<'c> Palette<'c> {
    /// Reads a style sheet.
    pub(super) fn of(css: &'c str) -> Self {
        let mut reader = Reader {
            css,
            start: 0,
            blocks: Vec::new(),
            roles: Vec::new(),
        };
        reader.read();
        Self(reader.roles)
    }

    /// The color of a role in a view.
    pub(super) fn shade(&self, role: &str, view: View) -> Option<Shade> {
        let role = self.role(role, view)?;
        Some(Shade {
            color: self.color(role.value, view, 0)?,
            at: role.at.clone(),
        })
    }

    /// The declaration that counts: what stands in no layer wins, then what comes last.
    fn role(&self, name: &str, view: View) -> Option<&Role<'c>> {
        let all = self
            .0
            .iter()
            .filter(|role| role.name == name && role.condition.holds(view));
        all.max_by_key(|role| !role.condition.is_layered)
    }

    fn color(&self, value: &str, view: View, depth: usize) -> Option<Color> {
        /// More steps than any theme has, and fewer than a circle.
        const MOST: usize = 16;
        let value = value.trim();
        if depth > MOST {
            return None;
        }
        if let Some(inside) = function(value, "light-dark") {
            let (light, dark) = split(inside)?;
            return self.color(
                if view.scheme == Scheme::Light {
                    light
                } else {
                    dark
                },
                view,
                depth + 1,
            );
        }
        if let Some(inside) = function(value, "var") {
            let (name, other) =
                split(inside).map_or((inside, None), |(name, other)| (name, Some(other)));
            let known = name
                .trim()
                .strip_prefix("--")
                .and_then(|name| self.role(name, view))
                .map(|role| role.value);
            return self.color(known.or(other)?, view, depth + 1);
        }
        csscolorparser::parse(value).ok()
    }
}

/// What stands in the brackets of a function that is the whole value.
fn function<'v>(value: &'v str, name: &str) -> Option<&'v str> {
    let inside = value
        .get(..name.len())
        .filter(|start| start.eq_ignore_ascii_case(name))
        .map(|_| &value[name.len()..])?;
    inside.strip_prefix('(')?.strip_suffix(')')
}

/// Both sides of the first comma that stands in no brackets.
fn split(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let at = text.find(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })?;
    Some((&text[..at], &text[at + 1..]))
}

/// The contrast of two colors, from 1 to 21, by the formula of WCAG 2.2; nothing where what lies
/// below shows through.
///
/// Source: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
pub(super) fn contrast(above: &Shade, below: &Shade) -> Option<f32> {
    if below.color.a < 1.0 {
        return None;
    }
    let mixed = |above: f32, below: f32, alpha: f32| above * alpha + below * (1.0 - alpha);
    let (over, under) = (&above.color, &below.color);
    let seen = [
        mixed(over.r, under.r, over.a),
        mixed(over.g, under.g, over.a),
        mixed(over.b, under.b, over.a),
    ];
    let (one, other) = (luminance(seen), luminance([under.r, under.g, under.b]));
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// Source: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
fn luminance(channels: [f32; 3]) -> f32 {
    let linear = |channel: f32| {
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = channels.map(|channel| linear(channel.clamp(0.0, 1.0)));
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// What a block holds.
#[derive(Clone, Copy, Debug)]
enum Block {
    /// Other blocks.
    Group(Condition),
    /// The properties of `:root`.
    Root(Condition),
    /// Something else.
    Other,
}

struct Reader<'c> {
    css: &'c str,
    /// Where the prelude or declaration began that is being read.
    start: usize,
    blocks: Vec<Block>,
    roles: Vec<Role<'c>>,
}

impl<'c> Reader<'c> {
    fn read(&mut self) {
        let bytes = self.css.as_bytes();
        let (mut at, mut depth) = (0, 0_usize);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'/' if bytes.get(at + 1) == Some(&b'*') => {
                    let end = self.css[at + 2..]
                        .find("*/")
                        .map_or(bytes.len(), |end| at + end + 4);
                    if self.css[self.start..at].trim().is_empty() {
                        self.start = end;
                    }
                    at = end;
                    continue;
                }
                b'"' | b'\'' => at = end_of_string(bytes, at),
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                b'{' => {
                    let block = self.block(self.segment(at));
                    self.blocks.push(block);
                    self.start = at + 1;
                    depth = 0;
                }
                b';' if depth == 0 => self.end_declaration(at),
                b'}' => {
                    self.end_declaration(at);
                    self.blocks.pop();
                    depth = 0;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// What has been read since the last brace or semicolon.
    fn segment(&self, at: usize) -> &'c str {
        self.css[self.start..at].trim()
    }

    fn block(&self, prelude: &str) -> Block {
        let outer = match self.blocks.last() {
            None => Condition::default(),
            Some(Block::Group(condition)) => *condition,
            Some(_) => return Block::Other,
        };
        if prelude
            .split(',')
            .any(|selector| matches!(selector.trim(), ":root" | "html"))
        {
            return Block::Root(outer);
        }
        outer.within(prelude).map_or(Block::Other, Block::Group)
    }

    fn end_declaration(&mut self, at: usize) {
        let segment = self.segment(at);
        let start = at - self.css[self.start..at].trim_start().len();
        self.start = at + 1;
        let Some(Block::Root(condition)) = self.blocks.last().copied() else {
            return;
        };
        let Some((name, value)) = segment
            .strip_prefix("--")
            .and_then(|rest| rest.split_once(':'))
        else {
            return;
        };
        let value = value
            .split("/*")
            .next()
            .expect("a split has a part")
            .trim()
            .trim_end_matches("!important")
            .trim_end();
        self.roles.push(Role {
            name: name.trim(),
            value,
            at: start..start + segment.len(),
            condition,
        });
    }
}

/// Where a string ends that begins here: at its quote, or at the end of its line.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => return at,
            _ if byte == bytes[start] => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The contrast of `--a` on `--b` in light, dark, and both with more contrast, in tenths.
    fn contrasts(css: &str) -> [Option<u32>; 4] {
        let palette = Palette::of(css);
        View::ALL.map(|view| {
            let ratio = contrast(&palette.shade("a", view)?, &palette.shade("b", view)?)?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 1 to 21"
            )]
            Some((ratio * 10.0).round() as u32)
        })
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        let check = |a: &str, b: &str, expected: Option<u32>| {
            assert_eq!(
                contrasts(&format!(":root {{ --a: {a}; --b: {b} }}")),
                [expected; 4],
                "{a} {b}"
            );
        };
        check("#000", "#fff", Some(210));
        check("white", "rgb(255 255 255)", Some(10));
        check("#767676", "#ffffff", Some(45));
        check("hsl(0 100% 50%)", "#fff", Some(40));
        // 1.05 / (0.2140 + 0.05)
        check("rgb(0 0 0 / 50%)", "#fff", Some(40));
        check("#000", "rgb(255 255 255 / 50%)", None);
        check("#000", "color-mix(in srgb, red, blue)", None);
        check(
            "var(--c, #000)",
            "light-dark(#fff, var(--d, rgb(255, 255, 255)))",
            Some(210),
        );
        check("var(--b)", "var(--a)", None);
    }

    #[test]
    fn each_view_has_its_own_colors() {
        let check =
            |css: &str, expected: [Option<u32>; 4]| assert_eq!(contrasts(css), expected, "{css}");
        let (most, none) = (Some(210), Some(10));
        let dark = "@media (prefers-color-scheme: dark) { :root { --a: #fff; --b: #000 } }";
        check(
            &format!(":root {{ --a: #000; --b: #fff }} {dark}"),
            [most; 4],
        );
        check(
            ":root { --a: #000; --b: light-dark(#fff, #000) }",
            [most, none, most, none],
        );
        check(
            ":root { --a: #fff; --b: #fff } @media (prefers-contrast:more) { :root { --a: #000 } }",
            [none, none, most, most],
        );
        check(
            "@layer x { :root { --b: #fff } @media print { :root { --a: #fff } } } html { --a: #000 }",
            [most; 4],
        );
        check(
            ":root { --a: #000; } @layer x { :root { --a: #fff; --b: #fff } }",
            [most; 4],
        );
        check(
            ":root { --a: #000 /* ; */; /* x */ --b: #fff; --c: '}'; } .x { --a: #fff }",
            [most; 4],
        );
        check(
            ":root { --x: url(data:a;b); --a: #000; --b: #fff",
            [None; 4],
        );
        check(
            "@supports (color: x) { :root { --a: #000; --b: #fff } }",
            [None; 4],
        );
        check(
            "@media screen and (prefers-color-scheme: light) { .y, :root { --a: #000; --b: #fff } }",
            [most, None, most, None],
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(css in "[a-z@(){}:,;'\"\\\\/*#é -]{0,60}") {
            for role in Palette::of(&format!(":root {{ {css}")).0 {
                prop_assert!(css.contains(role.name));
            }
        }
    }
}
