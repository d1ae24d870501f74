//! Hostile and careless Markdown, and what becomes of it.

use insta::assert_snapshot;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::{Text, code, inline, link};

fn blocks(text: &str) -> String {
    super::blocks(text).to_string()
}

fn paragraph(text: &str) -> String {
    Text::from(inline(text)).to_string()
}

#[test]
fn leaves_good_markdown_alone() {
    let text = "One *two* **three** ~~four~~ `five` [six](https://example.org/a_b?c=1&d=2).\nSeven\\\n\
                eight, snake_case < 3.\n\n- a\n- b\n  c\n  - d\n\n  e\n\n3. f\n4. g\n\n> h\n>\n> - i\n\n- [ ] j\n- [x] k\n\n\
                ```json\n{}\n```\n\n| a | b |\n|---|:-:|\n| 1 \\| `2\\|` | 3<br>4 |\n\n***";
    assert_eq!(
        blocks(text),
        text.replace(
            "- a\n- b\n  c\n  - d\n\n  e",
            "- a\n\n- b\n  c\n\n  - d\n\n  e"
        )
    );
}

#[test]
fn writes_other_forms_in_one() {
    let text = "Title\n=====\n\n* a\n* b\n\n__c__ _d_\n***\n1) e\n1) f\n\n~~~yaml\ng: h\n~~~\n\n[i][j] [j] ![k](https://k.org/k.png)\n\
                [![](https://l.org/l.png)](https://m.org)\n\n[j]: https://j.org 'title'";
    assert_snapshot!(blocks(text), @r"
    ### Title

    - a
    - b

    **c** *d*

    ***

    1. e
    2. f

    ```yaml
    g: h
    ```

    [i](https://j.org) [j](https://j.org) [k](https://k.org/k.png)
    <https://m.org>
    ");
}

#[test]
fn links_bare_urls() {
    let text = "See https://example.org/a_b?c=d&e. Or (http://x.org/y(z)), not <https://z.org> or `https://code.org`.";
    assert_snapshot!(blocks(text), @"See <https://example.org/a_b?c=d&e>. Or (<http://x.org/y(z)>), not <https://z.org> or `https://code.org`.");
}

#[test]
fn keeps_links_to_the_web_alone() {
    let text = "[a](https://a.org) [b](#b) [c](../c.md) [d] [e][f] [`g`] [h](javascript:alert(1)) ![i](i.png) \
                <me@example.org> <javascript:j()> [k](java&#115;cript:k) [l][l] [^m]\n\n\
                [e]: https://e.org\n[l]: data:text/html,l\n[^m]: n";
    assert_snapshot!(blocks(text), @r"
    [a](https://a.org) b c (`../c.md`) \[d] \[e]\[f] \[`g`] h (`javascript:alert(1)`) i (`i.png`) <me@example.org> javascript:j() k (`javascript:k`) l (`data:text/html,l`) \[^m]

    \[^m]: n
    ");
}

#[test]
fn shows_html_as_text() {
    let text = "A <b>bold</b> Vec<String>, a<br>break.\n\n<script>alert(1)</script>\n\n<div>\n*a*\n`b`\n</div>\n\n<br>\n<script>\n\n<!-- open";
    assert_snapshot!(blocks(text), @r"
    A \<b>bold\</b> Vec\<String>, a\
    break.

    \<script>alert(1)\</script>

    \<div>
    \*a\*
    \`b\`
    \</div>

    \<script>

    \<!-- open
    ");
}

#[test]
fn makes_no_doc_tests() {
    let text = "Code:\n\n    let x: () = 1;\n\n        deeper\n\n- item\n\n      in item\n\n```\nfn main() {}\n```\n\n```rust,should_panic\npanic!()\n```\n\n~~~json\n{}\n~~~\n\n````\n```\nunclosed";
    assert_snapshot!(blocks(text), @r"
    Code:

    ```text
    let x: () = 1;

        deeper
    ```

    - item

      ```text
      in item
      ```

    ```text
    fn main() {}
    ```

    ```text
    panic!()
    ```

    ```json
    {}
    ```

    ````text
    ```
    unclosed
    ````
    ");
}

#[test]
fn indents_lazy_lines() {
    let text = "Intro:\n  - zero\n  zero\n\n- one\ntwo\n  - three\nfour\n\n> five\nsix\n\n1. seven\n      eight";
    assert_snapshot!(blocks(text), @r"
    Intro:

    - zero
      zero

    - one
      two

      - three
        four

    > five
    > six

    1. seven
       eight
    ");
}

#[test]
fn what_was_no_block_becomes_none() {
    let text = "One\n    # two\n\nthree\n      ===\n\n- four\n        - five\n        1. six\n        ```\n        > seven";
    assert_snapshot!(blocks(text), @r"
    One
    \# two

    three
    \===

    - four
      \- five
      1\. six
      \`\`\`
      \> seven
    ");
}

#[test]
fn lowers_headings() {
    assert_snapshot!(blocks("# One\n\n## Two #\n\n##### Five"), @r"
    ### One

    #### Two

    ###### Five
    ");
}

#[test]
fn flattens_what_is_too_deep() {
    let text = blocks(&format!("{}deep\nlazy", "> ".repeat(50)));
    assert_eq!(text.matches('>').count(), 2 * 16);
    assert!(text.ends_with("lazy"));
    let text = blocks(&format!("{}deep\nlazy", "- 1. ".repeat(50)));
    assert_eq!(text.matches("- ").count(), 4);
    let items: Vec<String> = (0..200).map(|it| format!("{:1$}- a", "", 2 * it)).collect();
    let list = items.join("\n");
    assert_eq!(blocks(&list).matches('a').count(), 200);
    assert_eq!(
        blocks("> > > ```\n> > > >>> x"),
        "> > > ```text\n> > > >>> x\n> > > ```"
    );
}

#[test]
fn removes_what_is_not_seen() {
    assert_eq!(
        blocks("a\u{202e}b\u{0}c\r\nd\re\u{2028}f*/ &#x202e;&#10;g\u{200d}"),
        "abc\nd\ne\nf\\*/  g"
    );
    assert_eq!(code("a\u{202e}b\nc").0, "`a\\u{202e}b c`");
}

#[test]
fn keeps_a_line_a_line() {
    assert_eq!(paragraph("# a\n- b"), "\\# a - b");
    assert_eq!(paragraph("1. a"), "1\\. a");
    assert_eq!(paragraph("1.5 a"), "1.5 a");
    assert_eq!(paragraph("```\nx"), "\\`\\`\\` x");
    assert_eq!(paragraph("* a * b"), "\\* a * b");
    assert_eq!(
        link(Some("a ` b"), "x:`<script>").0,
        "a \\` b `` x:`<script> ``"
    );
}

#[test]
fn a_label_changes_nothing_of_what_follows() {
    let labelled = |text| Text::labelled(code("400"), super::blocks(text)).to_string();
    assert_eq!(labelled("a\n\nb"), "`400`: a\n\nb");
    assert_eq!(labelled(""), "`400`");
    assert_snapshot!(labelled("```text\nx\n```\nfn main() {}"), @r"
    `400`:

    ```text
    x
    ```

    fn main() {}
    ");
}

/// What text is made of that could do harm, in any order.
const ALPHABET: [&str; 38] = [
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "`",
    "``",
    "```",
    "\\",
    "!",
    "#",
    "*",
    "**",
    "_",
    "-",
    "=",
    "+",
    "    ",
    "\n",
    "\n\n",
    "a",
    " ",
    "https://a.b",
    "1. ",
    "- ",
    "> ",
    "|",
    "|---|",
    "&lt;",
    "&#96;",
    ":",
    "~~~",
    "<!--",
    "<br>",
    "<script>",
    "[x]",
    "é",
];

/// What rustdoc would make of Markdown: nothing but text, and links to the web. Doc tests are found by a parser
/// without extensions.
fn assert_is_safe(markdown: &str, text: &str) {
    let dialect = super::read::options() | Options::ENABLE_SMART_PUNCTUATION;
    for options in [dialect, Options::empty()] {
        // A name in brackets would be a link to a Rust item.
        let broken = |_: pulldown_cmark::BrokenLink<'_>| Some(("broken".into(), "".into()));
        let broken = (options == dialect).then_some(broken);
        for event in Parser::new_with_broken_link_callback(markdown, options, broken) {
            let is_safe = match &event {
                Event::Html(html) | Event::InlineHtml(html) => html.as_ref() == "<br>",
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    super::read::LANGUAGES.contains(&language.as_ref())
                }
                Event::Start(
                    Tag::CodeBlock(CodeBlockKind::Indented)
                    | Tag::FootnoteDefinition(_)
                    | Tag::Image { .. },
                )
                | Event::FootnoteReference(_) => false,
                Event::Start(Tag::Heading { level, .. }) => *level as usize >= 3,
                Event::Start(Tag::Link { dest_url, .. }) => dest_url.starts_with("https://"),
                _ => true,
            };
            assert!(is_safe, "{text:?} became {markdown:?}: {event:?}");
        }
    }
}

#[test]
fn nothing_does_harm_whatever_it_is_made_of() {
    let mut state = 1_u64;
    let mut below = |count: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("it fits") % count
    };
    for _ in 0..4_000 {
        let mut text = || -> String {
            let length = below(16);
            (0..length)
                .map(|_| ALPHABET[below(ALPHABET.len())])
                .collect()
        };
        let (one, other) = (text(), text());
        let mut all = Text::labelled(inline(&one), super::blocks(&other));
        all.list([super::blocks(&one), super::blocks(&other)]);
        all.table(["a", "b"], [[inline(&one), inline(&other)]]);
        all.paragraph(super::prose!("{} {}", inline(&one), code(&other)));
        all.append(super::blocks(&one));
        assert_is_safe(&all.to_string(), &format!("{one}\n---\n{other}"));
    }
}
