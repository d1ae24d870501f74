//! Hostile and careless Markdown, and what becomes of it.

use insta::assert_snapshot;

use super::*;

#[test]
fn leaves_good_markdown_alone() {
    let text = "One *two* `three` [four](https://example.org).\n\n- a\n- b\n  c\n\n```json\n{}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |";
    assert_eq!(block(text), text);
}

#[test]
fn links_bare_urls() {
    let text = "See https://example.org/a_b?c=d&e. Or (http://x.org/y(z)), not <https://z.org> or `https://code.org`.";
    assert_snapshot!(block(text), @"See <https://example.org/a_b?c=d&e>. Or (<http://x.org/y(z)>), not <https://z.org> or `https://code.org`.");
}

#[test]
fn keeps_links_to_the_web_alone() {
    let text = "[a](https://a.org) [b](#b) [c](../c.md) [d] [e][f] [`g`] [h](javascript:alert(1)) ![i](https://i.org/i.png) <me@example.org>\n\n[e]: https://e.org";
    assert_snapshot!(block(text), @r#"
    [a](https://a.org) \[b](#b) \[c](../c.md) \[d] \[e]\[f] \[`g`] \[h](javascript:alert(1)) [i](https://i.org/i.png) <me@example.org>

    \[e]: <https://e.org>
    "#);
}

#[test]
fn shows_html_as_text() {
    let text = "A <b>bold</b> Vec<String>, a<br>break.\n\n<script>alert(1)</script>\n\n<!-- open";
    assert_snapshot!(block(text), @r#"
    A \<b>bold\</b> Vec\<String>, a<br>break.

    \<script>alert(1)\</script>

    \<!-- open
    "#);
}

#[test]
fn makes_no_doc_tests() {
    let text = "Code:\n\n    let x: () = 1;\n\n        deeper\n\n- item\n\n      in item\n\n```\nfn main() {}\n```\n\n```rust,should_panic\npanic!()\n```\n\n~~~json\n{}\n~~~\n\n```\nunclosed";
    assert_snapshot!(block(text), @r#"
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

    ~~~json
    {}
    ~~~

    ```text
    unclosed
    ```
    "#);
}

#[test]
fn indents_lazy_lines() {
    let text = "Intro:\n  - zero\n  zero\n\n- one\ntwo\n  - three\nfour\n\n> five\nsix\n\n1. seven\n      eight";
    assert_snapshot!(block(text), @r#"
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
    "#);
}

#[test]
fn aligns_lines_that_go_on() {
    let text = "One\n      two\n  - three\n        four\n\n10. five\n      six\n      - seven\n          eight\n\n9)  nine\n    ten\n\ttwelve";
    assert_snapshot!(block(text), @"
    One
    two
      - three
        four

    10. five
        six
          - seven
            eight

    9)  nine
        ten
        twelve
    ");
}

#[test]
fn what_was_no_block_becomes_none() {
    let text = "One\n    # two\n\nthree\n      ===\n\n- four\n        - five\n        1. six\n        ```\n        > seven";
    assert_snapshot!(block(text), @r#"
    One
    \# two

    three
    \===

    - four
      \- five
      1\. six
      \```
      \> seven
    "#);
}

#[test]
fn lowers_headings() {
    assert_snapshot!(block("# One\n\n## Two\n\n##### Five"), @r#"
    ### One

    #### Two

    ###### Five
    "#);
}

#[test]
fn removes_what_is_not_seen() {
    assert_eq!(
        block("a\u{202e}b\u{0}c\r\nd\re\u{2028}f*/"),
        "abc\nd\ne\nf*/"
    );
}

#[test]
fn keeps_a_line_a_line() {
    assert_eq!(line("# a\n- b"), "\\# a - b");
    assert_eq!(line("1. a"), "1\\. a");
    assert_eq!(line("```\nx"), "\\``` x");
}

#[test]
fn settles_on_anything() {
    let alphabet = [
        "<",
        ">",
        "[",
        "]",
        "(",
        ")",
        "`",
        "\\",
        "!",
        "#",
        "*",
        "_",
        "-",
        "    ",
        "\n",
        "\n\n",
        "a",
        "http://a.b",
        "1. ",
        "|",
        "&lt;",
        ":",
        "~~~",
        "<!--",
        "é",
    ];
    let mut state = 1_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(
                alphabet[usize::try_from(state >> 33).expect("it fits") % alphabet.len()],
            );
        }
        for safe in [block(&text), line(&text), format!("x {}", inline(&text))] {
            assert!(Finder::run(&safe).is_empty(), "{text:?} became {safe:?}");
        }
    }
}
